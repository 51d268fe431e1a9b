"""What the link of an OPCO's mails opens: one need, and its answer."""

from depot.routes.opened import OpenedRouter
from depot.usecases.opco import answer_notice
from depot.usecases.opco.answer_notice import NoticeAnswer


router = OpenedRouter()

router.get("/api/notice")(router.showing(answer_notice.show, "mailing"))
router.post("/api/notice/answer")(
    router.changing(NoticeAnswer, answer_notice.answer, "mailing", "mailroom", "reminder_days")
)
