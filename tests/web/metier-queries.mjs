/**
 * What people type, and the métier they mean: slips, missing accents, gender, number, order of the
 * words, everyday words. The tests look for it among the 8 shown; `python -m bench` types it key by
 * key.
 */

export const QUERIES = [
  {
    code: "11573",
    label: "Boulanger / Boulangère",
    typed: [
      "boulanger",
      "BOULANGÈRE",
      "boulenger",
      "bolanger",
      "obulanger",
      "je cherche un apprenti boulanger",
      "boulangerie",
    ],
  },
  {
    code: "17576",
    label: "Pâtissier / Pâtissière",
    typed: ["patissier", "patisier", "paticière", "CAP pâtisserie"],
  },
  {
    code: "20560",
    label: "Vendeur / Vendeuse en boulangerie-pâtisserie",
    typed: [
      "vendeuse boulangerie",
      "boulangerie vendeuse",
      "vendeuse en boulangeri",
      "vendeur boulanger",
    ],
  },
  {
    code: "11564",
    label: "Boucher / Bouchère",
    typed: ["boucher", "bouchere", "boucherie", "boucehr"],
  },
  { code: "17862", label: "Poissonnier / Poissonnière", typed: ["poissonnier", "poisonnier"] },
  {
    code: "13861",
    label: "Cuisinier / Cuisinière",
    typed: ["cuisto", "cuisinier", "cuisiniere", "cuisnier"],
  },
  {
    code: "12756",
    label: "Commis / Commise de cuisine",
    typed: ["commis de cuisine", "comis cuisine"],
  },
  { code: "10826", label: "Aide de cuisine", typed: ["aide cuisinier"] },
  { code: "15191", label: "Serveur / Serveuse", typed: ["serveur", "serveuse"] },
  {
    code: "19427",
    label: "Serveur / Serveuse de restaurant",
    typed: ["serveuse restaurant", "restaurant serveur"],
  },
  { code: "15188", label: "Serveur / Serveuse de café", typed: ["garçon de café"] },
  { code: "11494", label: "Barman / Barmaid", typed: ["barmaid"] },
  { code: "15487", label: "Hôte / Hôtesse de caisse", typed: ["hotesse de caisse", "caisse"] },
  { code: "11640", label: "Caissier / Caissière", typed: ["caissière", "caisiere"] },
  {
    code: "14779",
    label: "Employé / Employée de rayon libre-service",
    typed: ["mise en rayon", "employée libre service"],
  },
  {
    code: "12688",
    label: "Coiffeur / Coiffeuse",
    typed: ["coiffeuse", "coifeuse", "hoiffeuse", "coiffure", "apprentie coiffure"],
  },
  { code: "38654", label: "Coiffeur barbier / Coiffeuse barbière", typed: ["barbier"] },
  {
    code: "14890",
    label: "Esthéticien / Esthéticienne",
    typed: ["esthéticienne", "estheticiene", "estetitienne"],
  },
  {
    code: "18212",
    label: "Prothésiste ongulaire",
    typed: ["prothésiste ongulaire", "prothesiste onglaire", "ongles"],
  },
  { code: "19642", label: "Tatoueur / Tatoueuse", typed: ["tatoueur", "tattoueur", "tattoo"] },
  {
    code: "17837",
    label: "Plombier / Plombière",
    typed: ["plombier", "plonbier", "lpombier", "plomberie"],
  },
  {
    code: "17838",
    label: "Plombier / Plombière chauffagiste",
    typed: ["chauffagiste plombier", "plombier chaufagiste"],
  },
  {
    code: "14635",
    label: "Electricien / Electricienne du bâtiment",
    typed: ["electricien", "électriciens", "electrissien", "electricité", "électricien batiment"],
  },
  { code: "16250", label: "Maçon / Maçonne", typed: ["maçon", "macon", "masson", "maçonnerie"] },
  { code: "11690", label: "Carreleur / Carreleuse", typed: ["carreleur", "careleur", "carrelage"] },
  { code: "13822", label: "Couvreur / Couvreuse", typed: ["couvreur", "toiture"] },
  { code: "13830", label: "Couvreur zingueur / Couvreuse zingueuse", typed: ["zingueur couvreur"] },
  { code: "11952", label: "Charpentier / Charpentière", typed: ["charpentier", "charpantier"] },
  {
    code: "16611",
    label: "Menuisier / Menuisière",
    typed: ["menuisier", "menuisiere", "menuiserie", "menuizier"],
  },
  { code: "17821", label: "Plaquiste", typed: ["plaquiste", "placo"] },
  {
    code: "17619",
    label: "Peintre en bâtiment",
    typed: ["peintre", "peintre en batiment", "batiment peintre"],
  },
  {
    code: "16069",
    label: "Jardinier / Jardinière paysagiste",
    typed: ["paysagiste", "jardinier paysagiste"],
  },
  { code: "15095", label: "Fleuriste", typed: ["fleuriste", "fleurist", "fleuristes"] },
  {
    code: "16446",
    label: "Mécanicien / Mécanicienne automobile",
    typed: [
      "mécano",
      "mecano auto",
      "mecanicien auto",
      "mécanique automobile",
      "mecanicienne otomobile",
    ],
  },
  { code: "11698", label: "Carrossier / Carrossière", typed: ["carrossier", "carosserie"] },
  {
    code: "490577",
    label: "Réparateur / Réparatrice vélo",
    typed: ["reparateur velo", "velo réparation"],
  },
  { code: "404475", label: "Soudeur / Soudeuse", typed: ["soudeur", "soudure"] },
  {
    code: "20383",
    label: "Tourneur-fraiseur / Tourneuse-fraiseuse",
    typed: ["tourneur fraiseur", "fraiseur tourneur"],
  },
  {
    code: "489116",
    label: "Informaticien / Informaticienne",
    typed: ["informaticien", "informaticienne"],
  },
  {
    code: "14156",
    label: "Développeur / Développeuse web",
    typed: ["developpeur web", "dévelopeur web", "web développeuse"],
  },
  {
    code: "38383",
    label: "Community manager",
    typed: ["community manager", "comunity manager", "comunity manageur"],
  },
  { code: "20726", label: "Web designer", typed: ["webdesigner"] },
  { code: "404427", label: "Graphiste", typed: ["graphiste", "grafiste"] },
  { code: "19364", label: "Secrétaire", typed: ["secrétaire", "secretaires"] },
  {
    code: "19397",
    label: "Secrétaire médical / Secrétaire médicale",
    typed: ["secretaire medicale"],
  },
  {
    code: "11329",
    label: "Assistant / Assistante Ressources Humaines (RH)",
    typed: ["assistante rh", "ressources humaines"],
  },
  { code: "12786", label: "Comptable", typed: ["comptable", "comtable"] },
  {
    code: "11234",
    label: "Assistant / Assistante de gestion en comptabilité",
    typed: ["BTS comptabilité"],
  },
  { code: "403654", label: "Commercial / Commerciale", typed: ["commercial", "comerciale"] },
  {
    code: "11448",
    label: "Auxiliaire de puériculture",
    typed: ["auxiliaire de puériculture", "auxilière puericulture"],
  },
  { code: "510086", label: "Garde d'enfant", typed: ["nounou", "garde d’enfants"] },
  {
    code: "10891",
    label: "Aide-soignant / Aide-soignante",
    typed: ["aide soignante", "aide-soignant"],
  },
  {
    code: "18027",
    label: "Préparateur / Préparatrice en pharmacie",
    typed: ["préparatrice en pharmacie", "preparateur pharmacie"],
  },
  { code: "17350", label: "Opticien / Opticienne", typed: ["opticien", "optitien"] },
  { code: "20348", label: "Toiletteur / Toiletteuse canin", typed: ["toiletteur", "toiletteuse"] },
  {
    code: "20350",
    label: "Toiletteur / Toiletteuse pour chiens",
    typed: ["toiletage chien", "chien toiletteur"],
  },
  { code: "14774", label: "Employé / Employée de ménage", typed: ["femme de ménage"] },
  {
    code: "10599",
    label: "Agent / Agente de sécurité",
    typed: ["agent de securite", "agents de sécurité"],
  },
  {
    code: "16723",
    label: "Moniteur / Monitrice d'auto-école",
    typed: ["moniteur auto ecole", "auto-école monitrice"],
  },
  {
    code: "11989",
    label: "Chauffeur / Chauffeuse de poids lourd",
    typed: ["chauffeur poids lourds", "chauffeur PL"],
  },
  {
    code: "10801",
    label: "Agriculteur / Agricultrice",
    typed: ["agriculteur", "agriculture", "agricultrice"],
  },
  { code: "16390", label: "Maréchal-ferrant / Maréchale-ferrante", typed: ["marechal ferrant"] },
];
