"""Every form: one that fits, and examples of what does not, with the code each is refused by."""

from typing import get_args

from pydantic import BaseModel

from depot.domain.dossier.link_request import LinkForm
from depot.domain.dossier.recruiter import OfferSubmission, RecruiterForm
from depot.usecases.cfa.choice_view import Standing
from depot.usecases.cfa.choose_cfas import CfaAsking
from depot.usecases.deposit.duplicates import DuplicateReport
from depot.usecases.deposit.file_lines import DepositFile
from depot.usecases.dossier.change_contact import ContactEdit
from depot.usecases.dossier.erase import ErasureForm
from depot.usecases.dossier.renew_link import Renewal
from depot.usecases.dossier.retain import Keeping
from depot.usecases.employer.answer_employer import EmployerCorrection, EmployerGesture
from depot.usecases.firm.companies import ChoicesQuery, CompanyQuery
from depot.usecases.firm.correct_firm import FirmEdit
from depot.usecases.life.close_offer import Closure
from depot.usecases.life.manage_offers import Extension, OfferEdit
from depot.usecases.life.reactivate_offer import Reactivation
from depot.usecases.opco.answer_notice import NoticeAnswer
from depot.usecases.opco.declare_opco import OpcoClaim
from depot.usecases.partners.receive_receipts import ReceiptsForm
from tests.builders import BAKER, PASTRY_COOK, SUBMISSION, a_deposit, a_depositor


Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


NEED: dict[str, Json] = {
    "metier": BAKER.code,
    "other_metiers": [PASTRY_COOK.code],
    "start_on": "2027-01-04",
    "level": "3",
    "openings": 1,
    "description": "Four à bois",
    "ask_cfa": False,
    "workplace": {"street": "12 rue du Four", "postcode": "24000", "city": "Périgueux"},
}


SHOWN: Json = {
    "offer_id": "0" * 32,
    "state": "shown",
    "at": "2026-11-25T09:30:00Z",
    "updated_at": "2026-11-25T09:00:00+01:00",
    "url": "https://partner.example/offres/1",
}


REFUSED: Json = {
    "offer_id": "1" * 32,
    "state": "refused",
    "at": "2026-11-25T09:30:00Z",
    "reason": "Adresse introuvable",
}


VALID: dict[type[BaseModel], dict[str, Json]] = {
    RecruiterForm: {
        **a_deposit().model_dump(mode="json"),
        "offers": [NEED],
        "correction": {"name": "Au bon pain", "address": NEED["workplace"]},
        "depositor": a_depositor(),
    },
    DepositFile: {
        "submission_id": str(SUBMISSION),
        "depositor": a_depositor(),
        "file": "c2lyZXQ=",
        "accepted": [2],
    },
    EmployerGesture: {"version": 1},
    EmployerCorrection: {
        "version": 1,
        "contact": {"name": "Paul Martin", "email": "p@example.org", "phone": "01 99 00 99 99"},
        "description": "De jour",
    },
    FirmEdit: {"version": 1, "name": "Au bon pain", "address": NEED["workplace"]},
    OfferSubmission: {"submission_id": str(SUBMISSION), "duplicates": "ask", **NEED},
    LinkForm: {"email": "jeanne@example.org", "siret": None},
    ContactEdit: {"version": 1, **a_deposit().contact.model_dump(mode="json")},
    ErasureForm: {"version": 1, "confirmation": "effacer"},
    Renewal: {"version": 1},
    Keeping: {"version": 1},
    DuplicateReport: {"siret": "48744469700428", "metier": BAKER.code},
    OfferEdit: {"version": 1, **NEED},
    Extension: {"version": 1},
    Closure: {"version": 1, "outcome": "filled", "reason": None, "channel": None},
    Reactivation: {"version": 1, "duplicates": "ask"},
    CfaAsking: {"version": 1, "sirens": ["000000018"]},
    OpcoClaim: {"version": 1, "opco": None},
    CompanyQuery: {"siret": "48744469700428"},
    NoticeAnswer: {"version": 1, "answer": "not_ours", "to": "Akto"},
    ChoicesQuery: {"q": "Au bon pain", "place": "24000"},
    ReceiptsForm: {"receipts": [SHOWN, REFUSED]},
}


# One value that raises each code: the field of a deposit, as a path, and what is put there.
EXAMPLES: dict[str, tuple[str, Json]] = {
    "siret_digits": ("siret", "48744469700A28"),
    "siret_length": ("siret", "4874446970042"),
    "siret_is_siren": ("siret", "487444697"),
    "siret_key": ("siret", "48744469700429"),
    "sign": ("correction.name", "?"),
    "sign_link": ("correction.name", "www.example.org"),
    "name": ("contact.name", "?"),
    "name_link": ("contact.name", "www.example.org"),
    "email": ("contact.email", "jeanne"),
    "email_accent": ("contact.email", "zoé@example.org"),
    "phone": ("contact.phone", "12"),
    "phone_costly": ("contact.phone", "0899123456"),
    "street": ("offers.0.workplace.street", "?"),
    "street_link": ("offers.0.workplace.street", "jeanne@example.org"),
    "postcode": ("offers.0.workplace.postcode", "2400"),
    "city": ("offers.0.workplace.city", "24000 CEDEX"),
    "missing": ("contact", {"name": "Jeanne Martin", "email": "jeanne@example.org"}),
    "text_link": ("offers.0.description", "Voir evil.example/login"),
    "string_too_long": ("offers.0.description", "x" * 1001),
    "string_too_short": ("offers.0.metier", ""),
    "string_type": ("siret", 48744469700428),
    "int_type": ("offers.0.openings", None),
    "int_parsing": ("offers.0.openings", "deux"),
    "int_parsing_size": ("offers.0.openings", "9" * 5000),
    "int_from_float": ("offers.0.openings", 1.5),
    "finite_number": ("offers.0.openings", float("inf")),
    "greater_than_equal": ("offers.0.openings", 0),
    "less_than_equal": ("offers.0.openings", 11),
    "date_from_datetime_parsing": ("offers.0.start_on", "2027-02-29"),
    "date_from_datetime_inexact": ("offers.0.start_on", "2027-01-04T10:00"),
    "date_type": ("offers.0.start_on", []),
    "bool_type": ("offers.0.ask_cfa", []),
    "bool_parsing": ("offers.0.ask_cfa", "peut-être"),
    "uuid_type": ("submission_id", 1),
    "uuid_parsing": ("submission_id", "1"),
    "uuid_version": ("submission_id", "00000000-0000-0000-0000-000000000000"),
    "metiers_too_many": ("offers.0.other_metiers", ["1", "2", "3"]),
    "metier_repeated": ("offers.0.other_metiers", [BAKER.code]),
    "literal_error": ("offers.0.level", "2"),
    "offers_too_many": ("offers", [NEED] * 11),
    "list_type": ("offers", "11573"),
    "model_type": ("contact", "Jeanne Martin"),
    "extra_forbidden": ("offers.0.salary", 1800),
}


CHOICES = {f"cfas_{standing}" for standing in set(get_args(Standing)) - {"open", "over"}}


# The same, of receipts.
OF_RECEIPTS: dict[str, tuple[str, Json]] = {
    "datetime_from_date_parsing": ("receipts.0.at", "hier"),
    "datetime_parsing": ("receipts.0.at", "0001-01-01T00:00:00+14:00"),
    "datetime_type": ("receipts.0.at", []),
    "timezone_aware": ("receipts.0.at", "2026-11-25T09:30:00"),
    "url": ("receipts.0.url", "javascript:alert(1)"),
    "url_unexpected": ("receipts.1.url", "https://partner.example"),
    "reason_missing": ("receipts.1.reason", " "),
    "reason_unexpected": ("receipts.0.reason", "Adresse introuvable"),
    "receipts_too_many": ("receipts", [SHOWN] * 101),
}


# Raised by what no value in a JSON document can be, or by a rule that needs more than the form.
ELSEWHERE = {
    "employer_answered",
    "employer_said",
    "confirmation",
    "json_invalid",
    "string_unicode",
    "unknown_company",
    "closed_company",
    "hidden_company",
    "hidden_firm",
    "search_short",
    "too_long",
    "metier_unknown",
    "opco_unknown",
    "already_live",
    "at_future",
    "need_repeated",
    "metier_not_apprenticeable",
    "start_past",
    "start_far",
    "opco_unfit",
    "word_link",
    "depositor_is_firm",
    "need_removed",
    "firm_objects",
    "own_email",
    "own_domain",
    "own_phone",
    "firm_is_depositor",
    "base64_decode",
    "base64_encode",
    "bytes_type",
    "file_empty",
    "file_too_large",
    "file_workbook",
    "file_encoding",
    "file_csv",
    "file_columns_missing",
    "file_columns_unknown",
    "file_columns_twice",
    "file_no_line",
    "file_too_many_lines",
    "line_longer",
    "example_line",
    "siret_scientific",
    "siret_zeros",
    "phone_scientific",
    "start_unread",
    "level_unread",
    "yes_or_no",
    "metier_unread",
    "metier_ambiguous",
    "hidden_in_file",
    "to_without_passing",
    "reply_unfit",
    "back_past",
    "extension_limit",
    "extension_early",
    "reactivation_limit",
    "live_limit",
    "added_limit",
    "email_limit",
    "postcode_unknown",
    "city_elsewhere",
    "cfa_unfit",
    "cfas_too_many",
    *CHOICES,
}
