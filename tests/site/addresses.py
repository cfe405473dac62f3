"""Every address of the site x every kind of person x whose report: what is answered, as one table.

A row holds one letter a person, in the order of PEOPLE, first for GET and HEAD, then for POST:
  o  opened or done: a page, a redirect into the site, or a sentence about what was typed
  i  sign in first        x  403        -  404        m  405, this is not how to ask
"""

from __future__ import annotations

# Officer and head sit in Kelurahan Slipi, the neighbour heads Palmerah, the handler sits at the inspectorate;
# the holder is the guest who has opened the secret link of the hidden report.
PEOPLE = (
    *("visitor", "citizen", "reporter", "holder"),
    *("officer", "head", "neighbour", "desk", "handler"),
    *("moderator", "facilitator", "auditor", "admin"),
)
# Somebody's in Slipi; a guest's in Slipi that nobody has confirmed; one told in confidence; the
# reporter's own in Slipi; somebody's in another kota.
PUBLIC, HIDDEN, SECRET, OWN, ELSEWHERE = REPORTS = ("public", "hidden", "secret", "own", "elsewhere")

ALL, GONE, NEVER = "oooo ooooo oooo", "---- ----- ----", "mmmm mmmmm mmmm"
ACCOUNT = "iooi ooooo oooo"
DESK_NEVER = "immi mmmmm mmmm"

# Addresses that are not about one report: name -> (GET, POST). People in the order of PEOPLE:
# visitor citizen reporter holder | officer head neighbour desk handler | moderator facilitator auditor admin
SITE: dict[str, tuple[str, str]] = {
    "alive": (ALL, NEVER),
    "ready": (ALL, NEVER),
    "robots": (ALL, NEVER),
    "favicon": (ALL, NEVER),
    # Nobody is named in the tests' settings.
    "security_txt": (GONE, NEVER),
    "set_language": (ALL, ALL),
    "style_guide": ("---- ----- ---o", NEVER),
    "manifest": (ALL, NEVER),
    "service_worker": (ALL, NEVER),
    "offline": (ALL, NEVER),
    "page_picture": (GONE, NEVER),
    "account_profile": (ACCOUNT, ACCOUNT),
    "what_may_i": (ALL, NEVER),
    "account_sign_out_elsewhere": (NEVER, ACCOUNT),
    # Who has not proved lately to be the owner is led there first.
    "account_password": (ACCOUNT, ACCOUNT),
    "account_password_remove": (NEVER, ACCOUNT),
    "security": (ACCOUNT, NEVER),
    "security_app": (ACCOUNT, ACCOUNT),
    "security_passkey": (ACCOUNT, ACCOUNT),
    "security_passkey_options": (ACCOUNT, NEVER),
    "security_remove": (ACCOUNT, ACCOUNT),
    "security_codes": (ACCOUNT, NEVER),
    "security_codes_renew": (NEVER, ACCOUNT),
    # Of somebody else.
    "security_end_device": (NEVER, "i--i ----- ----"),
    "security_connect": (NEVER, ACCOUNT),
    "security_disconnect": (NEVER, ACCOUNT),
    # Admins, after a proof.
    "security_help": (ACCOUNT, ACCOUNT),
    "security_phone": (ACCOUNT, ACCOUNT),
    "security_phone_code": (ACCOUNT, ACCOUNT),
    "security_phone_remove": (NEVER, ACCOUNT),
    # No sender and no keys in the tests' settings.
    "security_by_phone": (GONE, GONE),
    "security_social": (NEVER, GONE),
    "google_callback": (GONE, NEVER),
    "facebook_callback": (GONE, NEVER),
    "twitter_oauth2_callback": (GONE, NEVER),
    # Nobody whom a provider has sent.
    "security_social_address": ("iiii iiiii iiii", "iiii iiiii iiii"),
    "security_prove": (ACCOUNT, ACCOUNT),
    "security_prove_options": (ACCOUNT, NEVER),
    "security_send_proof": (NEVER, ACCOUNT),
    # Nobody is in the middle of signing in; who is signed in is sent home.
    "security_second_step": (ACCOUNT, ACCOUNT),
    "security_second_step_options": (ACCOUNT, NEVER),
    # Leads to the sign-in page whoever does not ask for options; no passkey comes with the POST.
    "security_by_passkey": ("iiii iiiii iiii", "iiii iiiii iiii"),
    "account_login": (ALL, ALL),
    "account_signup": (ALL, ALL),
    "account_request_login_code": (ALL, ALL),
    "account_confirm_login_code": (ACCOUNT, ACCOUNT),
    "account_login_by_password": (ALL, ALL),
    "account_logout": (ALL, ALL),
    "account_inactive": (ALL, NEVER),
    "account_email": (ACCOUNT, ACCOUNT),
    "account_email_verification_sent": (ACCOUNT, ACCOUNT),
    "photos:upload": (NEVER, ALL),
    "privacy": (ACCOUNT, NEVER),
    "privacy_ask": (NEVER, ACCOUNT),
    "privacy_progress": (ACCOUNT, NEVER),
    # There is no copy; the answer says what to do.
    "privacy_fetch": (ACCOUNT, NEVER),
    "privacy_agree": (NEVER, ACCOUNT),
    # Of a kind that nobody can take back: a sentence.
    "privacy_withdraw": (NEVER, ACCOUNT),
    # Leaving takes a code that was typed lately.
    "privacy_leave": (ACCOUNT, "ixxi xxxxx xxxx"),
    "residents": (ALL, NEVER),
    "offices": ("ixxi xooxx xxoo", NEVER),
    "offices_appoint": ("ixxi xooxx xxxo", "ixxi xooxx xxxo"),
    "offices_export": (NEVER, "ixxi xxxxx xxoo"),
    # Of an officer of Slipi.
    "offices_confirm": (NEVER, "i--i -o--- --xo"),
    "offices_end": ("i--i -o--- --xo", "i--i -o--- --xo"),
    "closures": ("ixxi xxxxx xxoo", NEVER),
    "closures_close": ("ixxi xxxxx xxxo", "ixxi xxxxx xxxo"),
    "closures_reopen": (NEVER, "ixxi xxxxx xxxo"),
    "audit": ("ixxi xxxxx xxoo", NEVER),
    "audit_export": (NEVER, "ixxi xxxxx xxoo"),
    "audit_check": (NEVER, "ixxi xxxxx xxox"),
    "audit_progress": ("ixxi xxxxx xxoo", NEVER),
    "residents_introduce": (NEVER, ACCOUNT),
    "residents_desk": ("ixxi oooxx xoxx", "ixxi oooxx xoxx"),
    "residents_neighbours": (ACCOUNT, ACCOUNT),
    # Nobody of them is a verified resident: the page says what is missing.
    "residents_testify": (ACCOUNT, "ixxi xxxxx xxxx"),
    "residents_verified": ("ixxi xooxx xxxo", NEVER),
    # Of a resident of Slipi.
    "residents_revoke": ("i--i -o--- ---o", "i--i -o--- ---o"),
    "card_sign_in": (ALL, ALL),
    "own_card": (ACCOUNT, ACCOUNT),
    # The only way in of who has no e-mail address; these have one, and no card.
    "end_card": (NEVER, ACCOUNT),
    "counter": ("ixxi oooxx xoxx", NEVER),
    "counter_begin": (NEVER, "ixxi oooxx xoxx"),
    "counter_finish": (NEVER, ACCOUNT),
    "counter_card": ("ixxi oooxx xoxx", "ixxi oooxx xoxx"),
    # The page that carries a PIN is not open here: a sentence says so.
    "counter_print_card": (NEVER, "ixxi oooxx xoxx"),
    "counter_pin": ("ixxi oooxx xoxx", "ixxi oooxx xoxx"),
    # Of somebody else's helper.
    "counter_ticket": ("i--i ----- ----", NEVER),
    "counter_print_ticket": ("i--i ----- ----", NEVER),
    "claim": (ALL, ACCOUNT),
    # Nobody was named who is present: a sentence says so.
    "report_file_for": ("ixxi oooxx xoxx", "ixxi oooxx xoxx"),
    "report_support_for": ("ixxi oooxx xoxx", "ixxi oooxx xoxx"),
    "photos:recall": (NEVER, ALL),
    "places:index": (ALL, NEVER),
    "places:search": (ALL, NEVER),
    "places:locate": (ALL, NEVER),
    "places:kelurahan": (ALL, NEVER),
    "notices_unsubscribe": (ALL, ALL),
    "notices": (ACCOUNT, NEVER),
    "notices_bell": (ACCOUNT, NEVER),
    "notices_read_all": (NEVER, ACCOUNT),
    # Of the reporter.
    "notices_open": ("i-oi ----- ----", NEVER),
    "notices_read": (NEVER, "i-oi ----- ----"),
    "notices_settings": (ACCOUNT, ACCOUNT),
    "notices_silence": (NEVER, ACCOUNT),
    "notices_push": (NEVER, ACCOUNT),
    "notices_push_stop": (NEVER, ACCOUNT),
    "moderation": ("ixxi xxxxx oxxo", NEVER),
    "moderation_log": (ALL, NEVER),
    # About a comment in Slipi.
    "moderation_case": ("ixxi xxxxx oxxo", "ixxi xxxxx oxxo"),
    "report_list": (ALL, NEVER),
    "report_map": (ALL, NEVER),
    "report_map_points": (ALL, NEVER),
    "report_map_background": (ALL, NEVER),
    "report_file": (ALL, ALL),
    "desk": ("ixxi ooooo xxxx", DESK_NEVER),
    "desk_reveals": ("ixxi xxxxx xxox", DESK_NEVER),
    "desk_questions": ("ixxi ooooo xxxx", DESK_NEVER),
    "desk_routing": ("ixxi ooooo xxoo", DESK_NEVER),
    # Wagtail's, for pages behind a password: there are none.
    "wagtailcore_authenticate_with_password": (GONE, GONE),
    "wagtailcore_login": ("iiii iiiii iiii", "iiii iiiii iiii"),
    "wagtail_serve": (ALL, NEVER),
}

# Reading a report and what hangs on it: who may see its page may see these.
READ = {
    PUBLIC: (ALL, NEVER),
    HIDDEN: ("---o oo-o- --o-", NEVER),
    SECRET: ("---- ----o ----", NEVER),
    OWN: (ALL, NEVER),
    ELSEWHERE: (ALL, NEVER),
}
# What the reporter alone does: the holder of the link and the account, others as they may see it.
REPORTER = {
    PUBLIC: (NEVER, "xxxx xxxxx xxxx"),
    HIDDEN: (NEVER, "---o xx-x- --x-"),
    SECRET: (NEVER, "---- ----x ----"),
    OWN: (NEVER, "xxox xxxxx xxxx"),
    ELSEWHERE: (NEVER, "xxxx xxxxx xxxx"),
}
# The ticket: it does not even tell whether there is such a report.
TICKET = "xxxx xxxxx xxxx"
TICKETS = {PUBLIC: TICKET, HIDDEN: "xxxo xxxxx xxxx", SECRET: TICKET, OWN: "xxox xxxxx xxxx", ELSEWHERE: TICKET}
# Acts of the office that has the report.
OFFICE = {
    PUBLIC: (DESK_NEVER, "ixxi ooxxx xxxx"),
    HIDDEN: (DESK_NEVER, "i--i oo-x- --x-"),
    SECRET: (DESK_NEVER, "i--i ----o ----"),
    OWN: (DESK_NEVER, "ixxi ooxxx xxxx"),
    ELSEWHERE: (DESK_NEVER, "ixxi xxxxx xxxx"),
}

# A discussion is there for what is public; the comment stands under somebody's public report.
TALK_GONE = "i--i ----- ----"
TALK = {whose: (GONE, GONE) if whose in (HIDDEN, SECRET) else (ALL, "xoox ooooo oooo") for whose in REPORTS}
FOLLOW = {whose: (NEVER, TALK_GONE) if whose in (HIDDEN, SECRET) else (NEVER, ACCOUNT) for whose in REPORTS}
COMMENT = {whose: (NEVER, ACCOUNT if whose == PUBLIC else TALK_GONE) for whose in REPORTS}
AUTHOR = "ixxi xxxxx xxxx"

# Addresses of one report: name -> whose report -> (GET, POST).
REPORT: dict[str, dict[str, tuple[str, str]]] = {
    "report_detail": READ,
    "discussion": TALK,
    "discussion_follow": FOLLOW,
    "discussion_thread": {whose: (ALL if whose == PUBLIC else GONE, NEVER) for whose in REPORTS},
    "comment_helpful": COMMENT,
    "comment_edit": {whose: (AUTHOR, AUTHOR) if whose == PUBLIC else (TALK_GONE, TALK_GONE) for whose in REPORTS},
    "comment_flag": {whose: (ACCOUNT, ACCOUNT) if whose == PUBLIC else (TALK_GONE, TALK_GONE) for whose in REPORTS},
    "comment_appeal": {whose: (AUTHOR, AUTHOR) if whose == PUBLIC else (TALK_GONE, TALK_GONE) for whose in REPORTS},
    "comment_withdraw": {whose: (NEVER, AUTHOR if whose == PUBLIC else TALK_GONE) for whose in REPORTS},
    "photos:size": READ,
    "photos:status": READ,
    "photos:discard": dict.fromkeys(REPORTS, (NEVER, GONE)),
    "ledger:chain": READ,
    "report_picture": READ | {HIDDEN: (GONE, NEVER), SECRET: (GONE, NEVER)},
    # Whoever has the link is the reporter.
    "report_secret": dict.fromkeys(REPORTS, (ALL, NEVER)),
    "report_confirm": REPORTER,
    "report_reopen": REPORTER,
    "report_answer": REPORTER,
    "report_support": {
        PUBLIC: (NEVER, ACCOUNT),
        HIDDEN: (NEVER, "---i xx-x- --x-"),
        SECRET: (NEVER, "---- ----x ----"),
        OWN: (NEVER, ACCOUNT),
        ELSEWHERE: (NEVER, ACCOUNT),
    },
    "report_follow": {
        PUBLIC: (NEVER, ACCOUNT),
        HIDDEN: (NEVER, "---i oo-o- --o-"),
        SECRET: (NEVER, "---- ----o ----"),
        OWN: (NEVER, ACCOUNT),
        ELSEWHERE: (NEVER, ACCOUNT),
    },
    "report_code": {whose: (row, row) for whose, row in TICKETS.items()},
    "report_thanks": {whose: (row, NEVER) for whose, row in TICKETS.items()},
    "report_account": {whose: (NEVER, row) for whose, row in TICKETS.items()},
    "desk_report": {
        PUBLIC: ("ixxi ooxox xxox", DESK_NEVER),
        HIDDEN: ("i--i oo-o- --o-", DESK_NEVER),
        SECRET: ("i--i ----o ----", DESK_NEVER),
        OWN: ("ixxi ooxox xxox", DESK_NEVER),
        ELSEWHERE: ("ixxi xxxox xxox", DESK_NEVER),
    },
    "desk_step": OFFICE,
    "desk_note": OFFICE,
    "desk_reveal": OFFICE,
}

# Pages of packages that take PUT as they take POST, or send everybody on whatever the method.
TAKES_ANY_METHOD = {
    "set_language",
    "account_login",
    "account_signup",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_login_by_password",
    "account_logout",
    "account_inactive",
    "account_email",
    "account_email_verification_sent",
    "wagtailcore_login",
    "wagtailcore_authenticate_with_password",
}
