"""What is said of a need, its life and the centres chosen for it."""

from collections.abc import Mapping
from typing import Final

from depot.words.table import Words


FIELDS: Final[Mapping[str, Words]] = {
    # Need
    "metier_unknown": Words(
        "Ce métier n’est pas dans la liste.",
        "Tapez quelques lettres, puis choisissez un métier proposé.",
    ),
    "already_live": Words(
        "Une offre pour ce métier est déjà en ligne pour cet établissement.",
        "Gérez l’offre existante, ou confirmez que vous cherchez une personne de plus.",
    ),
    "need_repeated": Words(
        "Ce métier figure déjà plus haut dans votre demande.",
        "Indiquez plutôt le nombre de postes, ou confirmez que ce sont deux besoins.",
    ),
    "metier_not_apprenticeable": Words(
        "Aucun diplôme ni titre préparé en apprentissage ne mène à ce métier.",
        "Choisissez dans la liste un métier voisin.",
    ),
    "offers_too_many": Words(
        "Il y a trop d’offres dans cette demande.", "Déposez-en au plus dix à la fois."
    ),
    "metiers_too_many": Words(
        "Vous pouvez indiquer deux autres métiers au plus.", "N’en gardez que deux."
    ),
    "metier_repeated": Words(
        "Le même métier est indiqué plusieurs fois.", "Gardez-le une seule fois."
    ),
    "start_past": Words(
        "Cette date est déjà passée.",
        "Choisissez une date à venir, ou laissez vide : « dès que possible ».",
    ),
    "start_far": Words(
        "Cette date est trop lointaine.", "Choisissez une date dans les deux ans qui viennent."
    ),
    "text_link": Words(
        "La description ne peut contenir ni lien, ni adresse de site, ni e-mail.",
        "Retirez-les : les candidats vous appelleront. Après un point, laissez un espace.",
    ),
    # Choice of training centres
    "cfa_unfit": Words(
        "Un centre choisi ne prépare pas à ce métier près du lieu de travail, ou n’est plus à "
        "solliciter.",
        "Relisez la liste, puis choisissez à nouveau.",
    ),
    "cfas_too_many": Words(
        "Dix centres au plus peuvent être sollicités pour une offre, toutes demandes comprises.",
        "Décochez des centres : la page dit combien vous pouvez encore en solliciter.",
    ),
    "cfas_full": Words(
        "Dix centres ont déjà été sollicités pour cette offre : c’est le maximum.",
        "Attendez leurs réponses : ils ont vos coordonnées.",
    ),
    "cfas_choosing": Words(
        "Vous nous avez demandé de solliciter les centres les plus proches : c’est en cours.",
        "Revenez dans quelques minutes pour voir lesquels, et en choisir d’autres s’il en reste.",
    ),
    "cfas_no_place": Words(
        "Le lieu de travail n’a pas pu être situé : les centres proches ne sont pas connus.",
        "Modifiez l’offre pour indiquer l’adresse où travaillera l’apprenti.",
    ),
    "cfas_no_catalogue": Words(
        "La liste des centres de formation ne peut pas être lue en ce moment.",
        "Réessayez dans quelques minutes.",
    ),
    "cfas_nobody_near": Words(
        "Aucun centre à moins de 100 km ne prépare à ce métier à ce niveau.",
        "Modifiez l’offre : un autre métier accepté, ou un niveau d’études indifférent.",
    ),
    "cfas_firm_objects": Words(
        "L’entreprise ne veut plus que votre organisme dépose pour elle : aucun autre centre n’est "
        "sollicité.",
        "Elle peut déposer elle-même ses besoins, sur la page d’accueil du service. Appelez-la.",
    ),
    "cfas_all_asked": Words(
        "Tous les centres proches ont déjà été sollicités pour cette offre.",
        "Attendez leurs réponses : ils ont vos coordonnées.",
    ),
    # The life of an offer; the day follows
    "extension_limit": Words(
        "Cette offre ne peut pas être prolongée davantage.",
        "Déposez à nouveau ce besoin après son dernier jour en ligne.",
    ),
    "extension_early": Words(
        "Cette offre a déjà 4 semaines devant elle : la prolonger aujourd’hui n’y ajouterait rien.",
        "Prolongez-la un autre jour, jusqu’à son dernier jour en ligne.",
    ),
    "reactivation_limit": Words(
        "Cette offre a pris fin il y a trop longtemps pour être réactivée.",
        "Déposez à nouveau ce besoin ; le dernier jour pour la réactiver était.",
    ),
    # What one link may do (``domain/life/bounds.py``)
    "live_limit": Words(
        "Cinquante offres sont déjà en ligne pour cet établissement : c’est le maximum.",
        "Terminez une offre qui n’a plus lieu d’être, ou augmentez le nombre de postes.",
    ),
    "added_limit": Words(
        "Vingt offres ont été déposées en 24 heures pour cet établissement : c’est le maximum.",
        "Déposez la suivante demain, ou augmentez le nombre de postes d’une offre en ligne.",
    ),
}
