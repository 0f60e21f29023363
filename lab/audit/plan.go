package audit

import "slices"

// A Who is whom the private page knows.
type Who string

const (
	Nobody   Who = "nobody"
	Victim   Who = "the victim"   // the account of -as
	Attacker Who = "the attacker" // the account of -and
	Unclear  Who = "unclear"      // both, or an answer that tells nothing
)

// A Verb is what one step of a check does.
type Verb string

const (
	Visit       Verb = "visit"         // Jar begins empty, and opens the start pages and the login page; where they give no session, the private page, too
	LogIn       Verb = "log in"        // Jar logs in as As
	LogInWrong  Verb = "log in wrong"  // Jar logs in as As with a password that is wrong
	LogInAbroad Verb = "log in abroad" // Jar, empty, posts As's login from a page of another site
	Keep        Verb = "keep"          // all that From holds is copied to Jar, which nothing changes from then on
	KeepSession Verb = "keep session"  // as Keep, of the session's cookies only
	Plant       Verb = "plant"         // Jar begins with what From holds, and with nothing else
	Invent      Verb = "invent"        // Jar holds a session cookie with a value that nobody issued, of the shape of a bare id
	Follow      Verb = "follow"        // Jar begins empty and follows a link that carries the id in From; see Link
	Look        Verb = "look"          // the private page is opened with Jar: whom does it know?
	LogOut      Verb = "log out"       // Jar logs out
	Wait        Verb = "wait"          // time passes
	Find        Verb = "find"          // which of the cookies of Jar carry the session is found by leaving others out
	Act         Verb = "act"           // Jar does what -effect says
	Change      Verb = "change"        // Jar changes As's password, by what -change-password says; it is changed back after the check
	Lay         Verb = "lay"           // the cookies of From are put into Jar, over those of their names
	LookEffect  Verb = "look effect"   // is what -effect did with From to be seen by Jar?
)

// A Step is one step of a check. Jars are named for the whole audit: what one check
// leaves behind another goes on with.
type Step struct {
	Do     Verb
	Jar    string
	From   string
	As     Who    // of a login
	Want   Who    // of a look: a control, which must come out so; "" where the answer is the question
	Harm   Who    // of a look that asks: whom the page knows if the attack worked; "": the victim
	Half   string // of a login: the jar that keeps what the browser held before the second factor
	Link   Link   // of a follow
	Elsew  bool   // of a look: from another browser, which says so in its User-Agent
	Remark bool   // of a look: its answer goes into the result's words and decides nothing
}

// A Link is a way for an id to travel without a cookie.
type Link string

const (
	Query Link = "?NAME=ID"
	Path  Link = ";jsessionid=ID"
	Field Link = "a form with NAME=ID"
)

// A Check is one question to the server: the steps that ask it, and what it means
// when the attack works.
type Check struct {
	ID    string // "F1"; variants of one check are "F4", "F4b"
	Title string
	Class Class
	Mode  Mode // the least mode in which it is part of the plan
	Steps []Step
	Cause string
	Refs  []Reference
	Needs Need

	// What it means that the question was answered with the victim's page, and with
	// nobody's, as sentences; "": that the attacker's cookies open it, or do not.
	Yes, No string
}

// Logins is how many logins the check tries.
func (c Check) Logins() (n int) {
	for _, s := range c.Steps {
		if s.Do == LogIn || s.Do == LogInWrong || s.Do == LogInAbroad {
			n++
		}
	}
	return n
}

// A Mode is how much is tried.
type Mode int

const (
	Quick    Mode = iota // C0, C2, F1, F3, L1: four logins
	Ordinary             // every attack that needs no more to be known: fourteen logins as a rule, one more with a second factor
	Full                 // and what takes time or changes the account
)

// A Need is what must be known for a check to be tried.
type Need uint8

const (
	NeedSession  Need = 1 << iota // the session's cookies were found
	NeedLogout                    // a way to log out is known
	NeedEffect                    // -effect was given
	NeedFactor                    // the account has a second factor
	NeedChange                    // -change-password was given
	NeedDistinct                  // two logins get two ids
	NeedBare                      // a wrong password sets a cookie that no page does: F1 had it not to plant
	NeedSeveral                   // several cookies carry the session together, and F1 alone did not work
)

// Checks is the whole plan, in the order in which it is carried out. What comes after a
// control counts only if it came out right.
func Checks() []Check {
	return slices.Concat(controls, attacks, endings)
}

var controls = []Check{
	{ID: "C0", Title: "The private page does not know who has not logged in", Class: Control, Steps: []Step{
		{Do: Visit, Jar: "nobody"},
		{Do: Look, Jar: "nobody", Want: Nobody},
	}},
	{ID: "C1", Title: "A wrong password does not log in", Class: Control, Mode: Ordinary, Steps: []Step{
		{Do: Visit, Jar: Failed},
		{Do: LogInWrong, Jar: Failed, As: Victim},
		{Do: Look, Jar: Failed, Want: Nobody},
	}},
	{ID: "C2", Title: "Each of the two accounts logs in and sees itself", Class: Control, Steps: []Step{
		{Do: Visit, Jar: "mallory"},
		{Do: LogIn, Jar: "mallory", As: Attacker},
		{Do: Look, Jar: "mallory", Want: Attacker},
		{Do: Keep, Jar: "mallory at first", From: "mallory"},
		{Do: Visit, Jar: "alice"},
		{Do: LogIn, Jar: "alice", As: Victim},
		{Do: Look, Jar: "alice", Want: Victim},
		{Do: Find, Jar: "alice"},
	}},
}

var attacks = []Check{
	{ID: "F6", Title: "Two clean logins get one id", Class: Attack, Mode: Ordinary, Needs: NeedSession, Refs: []Reference{RefRandom, RefGuessed, RefFixation},
		Cause: "Every login gets an id that somebody else has or can work out.",
		Steps: []Step{
			{Do: Look, Jar: "mallory at first"},
		}},
	{ID: "F1", Title: "A cookie from before the login, planted", Class: Attack, Refs: []Reference{RefRenewed, RefFixation, RefTestFixation},
		Cause: "Login goes on with the session that the browser brought.",
		Steps: []Step{
			{Do: Visit, Jar: "F1 other"}, // not F1's own: some private pages end the session of a stranger
			{Do: Look, Jar: "F1 other", Want: Nobody},
			{Do: Visit, Jar: "F1"},
			{Do: Keep, Jar: "F1 before", From: "F1"},
			{Do: LogIn, Jar: "F1", As: Victim},
			{Do: Look, Jar: "F1", Want: Victim},
			{Do: Look, Jar: "F1 before"},
			{Do: Look, Jar: "F1 before", Elsew: true, Remark: true},
		}},
	{ID: "F1b", Title: "A cookie from a login that failed, planted", Class: Attack, Mode: Ordinary, Needs: NeedBare, Refs: []Reference{RefRenewed, RefFixation, RefTestFixation},
		Cause: "Login goes on with the session that a wrong password began.",
		Steps: []Step{
			{Do: Keep, Jar: "F1b before", From: Failed},
			{Do: Look, Jar: "F1b before", Want: Nobody},
			{Do: Plant, Jar: "F1b", From: "F1b before"},
			{Do: LogIn, Jar: "F1b", As: Victim},
			{Do: Look, Jar: "F1b", Want: Victim},
			{Do: Look, Jar: "F1b before"},
		}},
	{ID: "F1c", Title: "A cookie from before the login, planted, and used beside the attacker’s own", Class: Attack, Mode: Ordinary, Needs: NeedSession | NeedSeveral, Refs: []Reference{RefRenewed, RefFixation, RefTestFixation},
		Cause: "Login goes on with the session that the browser brought, and the other cookies that it gives are good for any user.",
		Steps: []Step{
			{Do: Keep, Jar: "F1c before", From: "F1 before"},
			{Do: Look, Jar: "F1", Want: Victim},
			{Do: KeepSession, Jar: "F1c", From: LastOfAttacker},
			{Do: Look, Jar: "F1c", Want: Attacker},
			{Do: Lay, Jar: "F1c", From: "F1c before"},
			{Do: Look, Jar: "F1c"},
		}},
	{ID: "F3", Title: "The attacker’s own logged-in cookie, planted", Class: Attack, Needs: NeedSession | NeedDistinct, Refs: []Reference{RefRenewed, RefFixation},
		Cause: "Login writes the new user into the session that the browser brought, although somebody else is logged in to it.",
		Steps: []Step{
			{Do: KeepSession, Jar: "F3 own", From: LastOfAttacker},
			{Do: Look, Jar: "F3 own", Want: Attacker},
			{Do: Plant, Jar: "F3", From: "F3 own"},
			{Do: LogIn, Jar: "F3", As: Victim},
			{Do: Look, Jar: "F3", Want: Victim},
			{Do: Look, Jar: "F3 own"},
		}},
	{ID: "F4", Title: "An invented id, planted", Class: Attack, Mode: Ordinary, Needs: NeedSession, Refs: []Reference{RefRenewed, RefFixation, RefTrusted},
		Cause: "The server takes over an id that it never issued.",
		Steps: []Step{
			{Do: Invent, Jar: "F4 invented"},
			{Do: Look, Jar: "F4 invented", Want: Nobody},
			{Do: Plant, Jar: "F4", From: "F4 invented"},
			{Do: LogIn, Jar: "F4", As: Victim},
			{Do: Look, Jar: "F4", Want: Victim},
			{Do: Look, Jar: "F4 invented"},
		}},
	{ID: "F5", Title: "The server signs a value for the attacker, who then plants it raw", Class: Attack, Mode: Ordinary, Needs: NeedSession, Refs: []Reference{RefRenewed, RefFixation, RefTrusted},
		Cause: "Login puts its signature on whatever value the browser brought.",
		Steps: []Step{
			{Do: Invent, Jar: "F5 raw"},
			{Do: Plant, Jar: "F5 mallory", From: "F5 raw"},
			{Do: LogIn, Jar: "F5 mallory", As: Attacker},
			{Do: Look, Jar: "F5 mallory", Want: Attacker},
			{Do: KeepSession, Jar: "F5 got", From: "F5 mallory"},
			{Do: Plant, Jar: "F5", From: "F5 raw"},
			{Do: LogIn, Jar: "F5", As: Victim},
			{Do: Look, Jar: "F5", Want: Victim},
			{Do: Look, Jar: "F5 got"},
		}},
	{ID: "F7", Title: "An id in the address", Class: Attack, Mode: Ordinary, Needs: NeedSession, Refs: []Reference{RefRenewed, RefFixation},
		Cause: "The server takes a session id from the address.", Steps: followed("F7", Query)},
	{ID: "F7b", Title: "An id in the path, after a semicolon", Class: Attack, Mode: Ordinary, Needs: NeedSession, Refs: []Reference{RefRenewed, RefFixation},
		Cause: "The server takes a session id from the path.", Steps: followed("F7b", Path)},
	{ID: "F7c", Title: "An id in a form field", Class: Attack, Mode: Ordinary, Needs: NeedSession, Refs: []Reference{RefRenewed, RefFixation},
		Cause: "The server takes a session id from a posted field.", Steps: followed("F7c", Field)},
	{ID: "F8", Title: "A cookie from between password and second factor", Class: Attack, Mode: Ordinary, Needs: NeedFactor, Refs: []Reference{RefRenewed, RefFixation},
		Cause: "The second factor raises the session that the password opened, under the same id.",
		Steps: []Step{
			{Do: Visit, Jar: "F8"},
			{Do: LogIn, Jar: "F8", As: Victim, Half: "F8 half"},
			{Do: Look, Jar: "F8", Want: Victim},
			{Do: Look, Jar: "F8 half"},
		}},
	{ID: "F2", Title: "What is done with a cookie from before the login ends up in the victim’s account", Class: Attack, Mode: Full, Needs: NeedEffect | NeedSession, Refs: []Reference{RefRenewed, RefFixation, RefTestFixation},
		Cause: "What is done with a cookie from before the login is kept for whoever logs in with it.",
		Steps: []Step{
			{Do: Visit, Jar: "F2"},
			{Do: Keep, Jar: "F2 before", From: "F2"},
			{Do: LogIn, Jar: "F2", As: Victim},
			{Do: Look, Jar: "F2", Want: Victim},
			{Do: Act, Jar: "F2"},
			{Do: LookEffect, Jar: "F2", From: "F2", Want: Victim},
			{Do: Visit, Jar: "F2 mallory"},
			{Do: LogIn, Jar: "F2 mallory", As: Attacker},
			{Do: Look, Jar: "F2 mallory", Want: Attacker},
			{Do: Lay, Jar: "F2 mallory", From: "F2 before"},
			{Do: Act, Jar: "F2 mallory"},
			{Do: Visit, Jar: "F2 later"},
			{Do: LogIn, Jar: "F2 later", As: Victim},
			{Do: Look, Jar: "F2 later", Want: Victim},
			{Do: LookEffect, Jar: "F2 later", From: "F2 mallory"},
		}},
}

// followed are the steps of an id that comes without a cookie.
func followed(id string, link Link) []Step {
	return []Step{
		{Do: Visit, Jar: id + " mallory"},
		{Do: Keep, Jar: id + " loot", From: id + " mallory"},
		{Do: Follow, Jar: id, From: id + " loot", Link: link},
		{Do: LogIn, Jar: id, As: Victim},
		{Do: Look, Jar: id, Want: Victim},
		{Do: Look, Jar: id + " loot"},
	}
}

var endings = []Check{
	{ID: "L2", Title: "The old cookie after another login of the same user", Class: Weakness, Mode: Ordinary, Needs: NeedSession, Refs: []Reference{RefRenewed, RefExpiry},
		Cause: "A second login leaves the first session as it was, or goes on with it.",
		Yes:   "The cookies from before the second login still open the private page.",
		No:    "The cookies from before the second login do not open the private page any more.",
		Steps: []Step{
			{Do: Plant, Jar: "L2", From: LastOfVictim},
			{Do: KeepSession, Jar: "L2 before", From: LastOfVictim},
			{Do: Look, Jar: "L2 before", Want: Victim},
			{Do: LogIn, Jar: "L2", As: Victim},
			{Do: Look, Jar: "L2", Want: Victim},
			{Do: Look, Jar: "L2 before"},
		}},
	{ID: "L1", Title: "The old cookie after logout", Class: Weakness, Needs: NeedSession | NeedLogout, Refs: []Reference{RefEnded, RefExpiry, RefTestLogout},
		Cause: "Logout takes the cookie from the browser and leaves the session.",
		Yes:   "The cookies from before the logout still open the private page.",
		No:    "The cookies from before the logout do not open the private page any more.",
		Steps: []Step{
			{Do: KeepSession, Jar: "L1 before", From: LastOfVictim},
			{Do: Look, Jar: "L1 before", Want: Victim},
			{Do: Plant, Jar: "L1 out", From: "L1 before"}, // another cookie may log in by itself
			{Do: LogOut, Jar: "L1 out"},
			{Do: Look, Jar: "L1 out", Want: Nobody},
			{Do: Look, Jar: "L1 before"},
		}},
	{ID: "L3", Title: "The old cookie after the password was changed elsewhere", Class: Weakness, Mode: Full, Needs: NeedSession | NeedChange, Refs: []Reference{RefChanged, RefExpiry},
		Cause: "A new password leaves the sessions of the old one as they are.",
		Yes:   "The cookies from before the new password still open the private page.",
		No:    "The cookies from before the new password do not open the private page any more.",
		Steps: []Step{
			{Do: Visit, Jar: "L3"},
			{Do: LogIn, Jar: "L3", As: Victim},
			{Do: KeepSession, Jar: "L3 before", From: "L3"},
			{Do: Look, Jar: "L3 before", Want: Victim},
			{Do: Visit, Jar: "L3 elsewhere"},
			{Do: LogIn, Jar: "L3 elsewhere", As: Victim},
			{Do: Look, Jar: "L3 elsewhere", Want: Victim},
			{Do: Change, Jar: "L3 elsewhere", As: Victim},
			{Do: Visit, Jar: "L3 new"},
			{Do: LogIn, Jar: "L3 new", As: Victim},
			{Do: Look, Jar: "L3 new", Want: Victim},
			{Do: Look, Jar: "L3 before"},
		}},
	{ID: "S1", Title: "An id of the attacker’s that has ended, planted", Class: Attack, Mode: Ordinary, Needs: NeedSession | NeedLogout, Refs: []Reference{RefRenewed, RefFixation},
		Cause: "The server takes over an id whose session it has ended.",
		Steps: []Step{
			{Do: KeepSession, Jar: "S1 dead", From: LastOfAttacker},
			{Do: Plant, Jar: "S1 out", From: "S1 dead"},
			{Do: LogOut, Jar: "S1 out"},
			{Do: Look, Jar: "S1 out", Want: Nobody},
			{Do: Plant, Jar: "S1", From: "S1 dead"},
			{Do: LogIn, Jar: "S1", As: Victim},
			{Do: Look, Jar: "S1", Want: Victim},
			{Do: Look, Jar: "S1 dead"},
		}},
	{ID: "X1", Title: "A form on another site logs the browser in to the attacker’s account", Class: Weakness, Mode: Ordinary, Refs: []Reference{RefForgery, RefOrigins},
		Cause: "The login takes what a page of another site posts.",
		Steps: []Step{
			{Do: LogInAbroad, Jar: "X1", As: Attacker},
			{Do: Look, Jar: "X1", Harm: Attacker},
		}},
}

// The jar in which an account logged in last before the check: where a user has one
// session only, the earlier ones are over.
const (
	LastOfVictim   = "the victim’s last"
	LastOfAttacker = "the attacker’s last"
)

// Failed is the jar that a wrong password left.
const Failed = "wrong"

// Grace asks once more, after a while, for a cookie that worked in check although the
// login gave a new one: some servers honour the old id for a moment.
func Grace(check Check) (Check, bool) {
	for i := len(check.Steps) - 1; i >= 0; i-- {
		if s := check.Steps[i]; s.Do == Look && s.Want == "" && !s.Remark {
			return Check{ID: check.ID + " later", Title: check.Title + ", a while later", Class: check.Class, Mode: Ordinary, Refs: check.Refs, Cause: check.Cause,
				Steps: []Step{{Do: Wait}, {Do: Look, Jar: s.Jar}}}, true
		}
	}
	return Check{}, false
}
