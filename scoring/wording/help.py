"""What the ? of a screen says, in three sentences: what the page is for, what to press, and what comes of it."""

from __future__ import annotations

from flask import request
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import RequestEntityTooLarge

from scoring.pages.subject_here import subject_here

#: By endpoint; a step of the set-up by its name after a colon. tests/test_help.py asks for one for each page.
HELP = {
    "audience.home": _l(
        "Here are the contests that run and those that are over. Open a contest to see its leaderboard; judges "
        "sign in with the PIN on their seat card. Whoever runs a contest signs in at the desk."
    ),
    "audience.leaderboard": _l(
        "The leaderboard shows every score as soon as it is public. Open a row to see how its score came about, "
        "mark by mark. The page keeps itself up to date; nothing needs to be pressed."
    ),
    "audience.bracket": _l(
        "The bracket shows who meets whom in each round and who goes on. Matches of the next round appear when "
        "the round before is released. The page keeps itself up to date."
    ),
    "audience.standings": _l(
        "The standings count matches won and the figures that decide between equals. Only released matches count. "
        "Open a match to see how it was decided."
    ),
    "audience.overall": _l(
        "The overall result puts the events together by their weights. Whoever lacks a score in an event stands "
        "below with that event named. The page keeps itself up to date."
    ),
    "audience.offices": _l(
        "Offices are ranked by their best totals. Open an office to see which totals count. Offices with too few "
        "totals are listed below and not ranked."
    ),
    "judges.sign_in": _l(
        "Type the six digits on your seat card. A wrong digit can be typed again; after too many attempts scan "
        "the card, or ask the desk for a door code. If the card is lost, a member of the staff prints a new one."
    ),
    "judges.enter": _l(
        "This is the seat whose card was scanned, and the contest that it belongs to. If both are yours, press “Take "
        "my seat”; nothing is taken before. If they are not, leave the page and scan the card at your own seat."
    ),
    "judges.tablet": _l(
        "When a contestant is called, the sheet appears here by itself. Give each criterion its mark; every mark "
        "is saved at once, and only “Submit” locks the sheet. If you need anything, press “Call the chief” and "
        "somebody comes to your seat."
    ),
    "judges.tablet:bench": _l(
        "Go through the bound file with this check list: count every fault, or tick that nothing was found. Each count "
        "is saved at once, and only “Submit” locks the sheet. If you need anything, press “Call the chief” and "
        "somebody comes to your seat."
    ),
    "judges.document": _l(
        "The document stands on one side and your sheet on the other. Turn pages with the arrows and make the "
        "text larger with plus. Your marks are saved at once; “Submit” locks the sheet of this document only."
    ),
    "judges.handover": _l(
        "This tablet is about to take the seat over from another one. Go on only if a member of the staff asked "
        "you to. The other tablet is locked at once, and its saved marks appear here."
    ),
    "organizers.first_start": _l(
        "The server printed a one-time code in its terminal. Type it here, choose your name and a password, and "
        "you are the first administrator. A new start of the server prints a new code."
    ),
    "organizers.sign_in": _l(
        "Organizers and staff sign in with the account that an administrator gave them. Judges need no account: "
        "they use the PIN on their seat card. Whoever has forgotten the password asks an administrator for a new "
        "one."
    ),
    "organizers.contests": _l(
        "Contests that run stand first, then those being set up, then those that are over. Open a running one to "
        "get to its desk, or go on with a set-up where you left it. “Set up a new contest” begins a new one."
    ),
    "organizers.password_policy": _l(
        "Choose which rules passwords follow here and whether a second factor is asked for. The rules hold for every "
        "account from the next sign-in or the next new password on. The change is on the record of the installation."
    ),
    "organizers.second_factor": _l(
        "A second factor keeps your account closed to whoever knows your password. Scan the code with the app on your "
        "phone and type the six digits that it shows. Keep the recovery codes on paper: each opens the account once."
    ),
    "organizers.second_factor_code": _l(
        "Type the six digits that the app on your phone shows now. Without the phone, type one of your recovery codes. "
        "If you have neither, an administrator resets the second factor."
    ),
    "organizers.access_log": _l(
        "Here stands who signed in or was turned away, who took files away, printed, or looked at marks, codes and "
        "personal records. Choose a kind above the table to see only these entries. The file holds all of them, for "
        "another machine or an inspection."
    ),
    "organizers.site_log": _l(
        "Every change of accounts, rights and settings stands here with its time and the name of who made it. Nothing "
        "can be altered on this page. Changes of a contest stand in that contest's own log."
    ),
    "organizers.duties": _l(
        "Three officers keep each other in check: one makes accounts, one gives them rights, one reads the logs. "
        "Choose an account for each and press “Separate the duties”; the administrators become organizers. Whoever has "
        "too few people switches the separation off with a reason, which every record then shows."
    ),
    "organizers.accounts": _l(
        "Each person who works at the contest gets an account of their own with a role. A password is shown once "
        "when it is made; write it down and hand it over. An account that is no longer needed is closed, and what "
        "it did stays on record."
    ),
    "organizers.installation": _l(
        "The time zone here stands beside every moment, on screens, prints and in the log. The address is what every "
        "code and card leads to; it must be one that tablets and phones in the venue can reach. Print cards only after "
        "this is right."
    ),
    "organizers.sessions": _l(
        "Every place where your account is signed in is listed here, with its address and when it was last used. End "
        "what you do not know. Then change your password."
    ),
    "organizers.go_on": _l(
        "Your session has ended while you were typing. Give your password: the form is kept. It is sent when you press "
        "the button."
    ),
    "organizers.own_password": _l(
        "Change your own password here. Type the present one once and the new one twice. All other places where "
        "you are signed in are signed out."
    ),
    "organizers.desk": _l(
        "The large button is always the right next step: call, start the clock, close the marking, release. Below "
        "it stand the seats: who has submitted and whose tablet is silent; on the right is the running order. A "
        "wrong press is taken back with the small buttons under the large one."
    ),
    "organizers.clocks": _l(
        "Start, pause and add time here; every screen follows. The clock of the stage that comes next is in "
        "front. When time is over the limit, a penalty is proposed below and counts only once you record it."
    ),
    "organizers.benches": _l(
        "Plan the benches, then start all of a batch together. Stop each bench when its work is done and hand its "
        "file in; it goes to the inspectors under its blind code. A stop by mistake is taken back with “Stopped "
        "by mistake”."
    ),
    "organizers.differences": _l(
        "Each line on which the two inspectors differ stands here with both entries. Choose the count that holds "
        "and say why. The score can be released when every line is settled."
    ),
    "organizers.marks": _l(
        "All marks of a turn stand here once every sheet is in. If a mark looks wrong, send that sheet back with "
        "a question; otherwise approve the score. Nobody else sees these marks before the release."
    ),
    "organizers.totals": _l(
        "Hold the totals against the signed sheets, line by line. If they agree, confirm; if not, tell the chief "
        "judge and the tallier. A total that changes after your confirmation comes back here."
    ),
    "organizers.listed": _l(
        "Choose whom it is about, what of the list of the rules happened, and why. What has to be confirmed counts "
        "only when somebody else has confirmed it here. A mistake is withdrawn with a reason; it stays on record."
    ),
    "organizers.promotion": _l(
        "Say which event is a stage and how many go on to it from which ranking. When that ranking is complete, "
        "propose who goes on; a second person confirms it. Until the stage begins it can be taken back."
    ),
    "organizers.points": _l(
        "Open the entry; then two people enter each result, or a list is imported and somebody else confirms it by the "
        "original. What is in can be released for all at once. A mistake found later is a correction."
    ),
    "organizers.handovers": _l(
        "Each seat has one tablet. When a tablet fails, open the handover of its seat and scan the code with the "
        "spare one. The draft comes along and the old tablet locks."
    ),
    "organizers.door_codes": _l(
        "When too many wrong PINs or passwords came in, new devices must wait. Make sure who asks, press the button "
        "and tell that person the code. It lets one device try at once and opens nothing by itself."
    ),
    "organizers.late": _l(
        "Whoever comes late is entered here, with a reason: a contestant, a team, a judge or a document. Choose "
        "whether the lot decides the place or it is the last one. What was entered by mistake is taken back here "
        "as well."
    ),
    "organizers.new_contest": _l(
        "Choose the kind of contest, an own template or a contest to copy. Rubric and rules come filled in, and "
        "all of it can be changed. Then it takes a name, a date and a venue."
    ),
    "organizers.set_up": _l(
        "The check list says what is still missing and leads to where it is put right. What stands under “Worth a "
        "look” stops nobody. When nothing is missing, open the contest."
    ),
    "organizers.set_up_step:format": _l(
        "The format decides what a sheet holds and how it becomes a score. It can be changed until contestants "
        "are entered. Rubric and rules are then replaced by those of the new format."
    ),
    "organizers.set_up_step:identity": _l(
        "Name, date and venue stand on every screen, card and file. Only the Chinese name must be filled in. "
        "Everything can be changed later."
    ),
    "organizers.set_up_step:rubric": _l(
        "Each line is a criterion with its maximum; together they make the full marks. Change a figure and watch "
        "the sum at the top. English names and hints are folded away; open a line to see them."
    ),
    "organizers.set_up_step:rules": _l(
        "These are the usual rules, already filled in. Change only what your notice says otherwise, then go on. "
        "What was changed can be seen beside its default."
    ),
    "organizers.set_up_step:contestants": _l(
        "Bring the list from a spreadsheet, or type it into the table. Each contestant needs a number of their "
        "own and a name; office and department are for recusals. The list can be changed until the first "
        "contestant is called."
    ),
    "organizers.set_up_step:judges": _l(
        "Bring the list of judges, or type who sits where. Seats are numbered by themselves, and each gets a PIN. "
        "Names can be added later, but without an office recusals cannot be found."
    ),
    "organizers.set_up_step:rooms": _l(
        "One room is enough for most contests. With several, each has its own panel and running order, and "
        "contestants are dealt out. A debate's matches are paired here by draw, in front of a witness."
    ),
    "organizers.imports": _l(
        "Download the template of a list, fill it in and upload it. You see what becomes of each row before "
        "anything is written. A wrong row is named with its place in the file."
    ),
    "organizers.import_preview": _l(
        "Each row is shown as new, changed, same or wrong. Nothing is written yet. If all is right, import; if "
        "not, choose another file."
    ),
    "organizers.prompter": _l(
        "What to say now stands here in large type. A score appears only once it is released. The page keeps "
        "itself up to date."
    ),
    "organizers.tally": _l(
        "The table shows which sheets are in and which are missing. A total appears once all its sheets are "
        "in. Please do not project this page."
    ),
    "organizers.seats": _l(
        "Here is who sits at which seat, with office and department. A reserve judge can stand in for one turn or "
        "from then on. A new PIN makes the old card worthless at once."
    ),
    "organizers.events": _l(
        "A contest can have several events that are weighed into an overall result. The weights make 100 "
        "together. Awards are given when everything that they are for is public."
    ),
    "organizers.rehearsal": _l(
        "A rehearsal plays the contest in a copy: tablets and hall screens move into it by themselves. Check each "
        "tablet, let a sheet be submitted once at every seat, show every scene and try the faults. The report says "
        "what would stop the day; ending the rehearsal throws the copy away."
    ),
    "organizers.relations": _l(
        "A relation that is entered here recuses everywhere. Offices and departments are compared by "
        "themselves; kin and mentors are entered by hand. If somebody marks in spite of it, say why; that stays on "
        "record."
    ),
    "organizers.cards": _l(
        "Check the address, then print the page on A4. Cut the cards apart and hand each one out in "
        "person. Whoever holds a card can mark at its seat."
    ),
    "organizers.paper": _l(
        "When a tablet fails, a paper sheet takes its place. Two people enter it here, each without "
        "seeing the other's entry. It counts once both agree."
    ),
    "organizers.paper_sheet": _l(
        "Type exactly what stands on the signed sheet. Nobody sees your entry until the second person has entered "
        "theirs. If you mistyped, take your entry back and enter it again."
    ),
    "organizers.corrections": _l(
        "A released score changes only by a request with a reason that the chief judge approves. Old and new "
        "values stay, and the board says so. Open the turn and the seat to begin a request."
    ),
    "organizers.correction_sheet": _l(
        "Type over what is wrong, say why and who asks for it. The request goes to the chief judge. Nothing "
        "changes before the approval."
    ),
    "organizers.spot_check": _l(
        "The first ranks and a drawn part of the rest are held against the signed paper. Draw them once all "
        "scores are released, then check one after another. Too many errors ask for a check of all scores."
    ),
    "organizers.spot_check_line": _l(
        "Lay each judge's signed sheet beside the marks. Say that all agree, or what is wrong and where. An error "
        "is put right by a request for a correction."
    ),
    "organizers.log": _l(
        "Every change stands here with time, person and reason. Nothing can be altered on this page. The "
        "supervisor signs that the entries were witnessed."
    ),
    "organizers.screens": _l(
        "Choose a scene for the preview, look at it, then take it to the hall. Blackout and freeze work at once. "
        "“As the contest goes” needs no hand."
    ),
    "organizers.draw": _l(
        "The supervisor notes the seal and types figures or words with an own account; then the organizer draws. "
        "Without a supervisor, enter what the witness says, and who that is. The page shows how anybody can check "
        "the draw; drawing again and changes by hand need a reason and are shown to everybody."
    ),
    "organizers.waiting_room": _l(
        "This is the running order for the waiting room, to show or to print. Cases are left out unless you ask "
        "for them. It follows the contest by itself."
    ),
    "organizers.documents": _l(
        "Upload the documents; a file belongs to whoever its name begins with. Each is searched for names and "
        "offices before it goes to a reviewer. Look at what was found and clear it with a reason."
    ),
    "organizers.read_document": _l(
        "This is the document as the reviewers will see it. What was found in it is listed beside it. Go back to "
        "clear it or to exchange it."
    ),
    "organizers.coding": _l(
        "Draw the blind codes once all documents are in. Only this page tells whose a code is; show it to nobody. "
        "Decode when every sheet is in and the supervisor has signed."
    ),
    "organizers.witness": _l(
        "Here the supervisor signs that nobody knew whose the documents are. It can be signed once every sheet is "
        "in. Then the coding officer decodes."
    ),
    "organizers.assignment": _l(
        "Draw the reviewers evenly, or tick them by hand. Then open the review; each reviewer gets a list on the "
        "tablet. Where marks lie too far apart, order a further review."
    ),
    "organizers.job": _l(
        "The server makes this beside the contest, so that the judges do not wait. You may leave and come back; the "
        "page looks again by itself. A file can be fetched again for an hour."
    ),
}
# Pages that are shown again by the address that a form was sent to.
SHOWN_AGAIN = {
    "judges.turn": "judges.tablet",
    "judges.mark": "judges.tablet",
    "judges.ballot": "judges.tablet",
    "organizers.upload_list": "organizers.imports",
    "organizers.confirm_import": "organizers.import_preview",
    "organizers.ask_correction": "organizers.correction_sheet",
    "organizers.enter_paper": "organizers.paper_sheet",
    "organizers.upload": "organizers.documents",
    "organizers.set_up_press": "organizers.set_up",
}
# The help of a tablet by what is judged on it, where it is no performance or match.
SHEETS = {"document": "judges.document", "bench": "judges.tablet:bench"}


def help_here(shown: str = "") -> str:
    """The help of the page that is shown; "" where there is none, as on a hall screen, which nobody touches.

    Where an address answers with another page than its own, that page says which it is: `shown`.
    """
    endpoint = shown or request.endpoint or ""
    name = SHOWN_AGAIN.get(endpoint, endpoint)
    if endpoint == "organizers.perform_verb":
        name = f"organizers.{_page_pressed()}"
    elif endpoint == "organizers.set_up_step":
        name = f"{endpoint}:{(request.view_args or {}).get('step')}"
    elif name == "judges.tablet":
        name = SHEETS.get(subject_here(), name)
    return str(HELP.get(name) or HELP.get(name.removesuffix("_step"), ""))


def _page_pressed() -> str:
    """The page that a button stands on; "" where the form was too large to be read, and a page says just that."""
    try:
        return request.form.get("page", "")
    except RequestEntityTooLarge:
        return ""
