package page

import (
	"os"
	"reflect"
	"regexp"
	"strconv"
	"testing"
	"time"

	"fixlab/app/survey"
	"fixlab/app/text"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/scenarios"
)

// then returns m after those messages. What the browser was to do is left undone.
func (m Model) then(messages ...Msg) Model {
	for _, msg := range messages {
		m, _ = m.Update(msg)
	}
	return m
}

// What becomes of the address.
const (
	stay    = "keep"
	push    = "push"
	replace = "replace"
)

// visited says what effects do to the address, which then is m's.
func visited(t *testing.T, m Model, effects []Effect) string {
	t.Helper()
	did := stay
	for _, e := range effects {
		v, ok := e.(Visit)
		switch {
		case !ok:
			continue
		case did != stay:
			t.Error("the address changes twice")
		case v.Fragment != m.Fragment():
			t.Errorf("the address becomes %s, and the model is %s", v.Fragment, m.Fragment())
		case v.Replace:
			did = replace
		default:
			did = push
		}
	}
	return did
}

// What the page does when it comes up.
func TestStart(t *testing.T) {
	reveal := []Effect{Reveal("steps"), Reveal("code")}
	for _, test := range []struct {
		fragment string
		want     []Effect
	}{
		{"1/flask-oracle/none/4", append([]Effect{Title("Step 4, Flask: the login signs what you bring · Fixation Lab")}, reveal...)},
		{"1/flask-oracle/none/99", append([]Effect{Visit{"1/flask-oracle/none/9", true},
			After{sayAfter, Speak{1, "This link is broken: there is no step \"99\" among the 9. Shown instead: “Flask: the login signs what you bring”, no switch on, step 9."}}, Title("Step 9, Flask: the login signs what you bring · Fixation Lab")}, reveal...)},
		{"sign", []Effect{Title("Signer bench · Fixation Lab")}},
		{"claims", []Effect{Title("Claims tested · Fixation Lab"), PlayClaim{scenarios.Claims()[0]}}},
		{"what-stops-what", []Effect{Title("What stops what · Fixation Lab"), Observe{0, 14}}},
	} {
		m, got := Start(test.fragment, Settings{Letters: true, Listing: true})
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: %#v, want %#v", test.fragment, got, test.want)
		}
		if !m.View.Letters || !m.View.Listing {
			t.Errorf("%s: what was remembered is lost", test.fragment)
		}
	}
}

// Every message with all that the browser is to do for it.
func TestEffects(t *testing.T) {
	lab, _ := Start("1/signed-id-toss/none/3", Settings{Letters: true})
	bench, _ := Start("sign", Settings{})
	claims := bench.then(Follow("claims"))
	table, _ := Start("what-stops-what", Settings{})
	explore, _ := Start("explore/scs/own/alone/none", Settings{Workers: 2})
	job := func(server, part string) survey.Job {
		e := Exploration{Setup: survey.Lesson().Setup, Wide: part != ""}
		e.Setup.Profile, e.Setup.Token = server, "own"
		j := e.Job()
		j.Parts = 1
		if part != "" {
			j.Part, j.Parts = int(part[0]-'0'), int(part[2]-'0')
		}
		return j
	}
	seen := map[string]bool{}
	title := func(step string) Effect {
		return Title("Step " + step + ", " + lab.Scenario.Title + " · Fixation Lab")
	}
	say := func(n int, text string) Effect { return After{400 * time.Millisecond, Speak{n, text}} }
	whyFails := Answers{{For: lab.whyJob().For, Kind: "error", Error: "It fails."}}
	course, _ := Start("", Settings{})
	asked := course.then(PickOption(1), Commit(true))
	for asked.Learn.At().Kind != AtAsk {
		asked = asked.then(Onward{})
	}
	reads := func(words int) time.Duration {
		return (time.Second + time.Duration(words)*time.Minute/238).Round(time.Millisecond)
	}
	steps, code := Effect(Reveal("steps")), Effect(Reveal("code"))
	flipped := lab.then(Flip(defence.Rotate))
	if flipped.Trace.Verdict.Outcome != event.Defended {
		t.Fatal("rotation does not defend: these tests need another lesson")
	}
	for _, test := range []struct {
		name string
		from Model
		msg  Msg
		want []Effect
	}{
		{"a step", lab, By(1), []Effect{Visit{"1/signed-id-toss/none/4", false}, say(1, lab.then(By(1)).announcement(lab)), title("4"), steps, code}},
		{"no step", lab.then(Go(0)), By(-1), nil},
		{"a switch", lab, Flip(defence.Rotate), []Effect{Visit{"1/signed-id-toss/rotate/3", false}, say(1, flipped.announcement(lab)), steps, code}},
		{"the thumb moves on", lab.then(Drag(3)), Drag(4), []Effect{Visit{"1/signed-id-toss/none/5", true}, say(2, lab.then(Go(4)).announcement(lab)), title("5"), steps, code}},
		{"play", lab, Play{}, []Effect{After{reads(29), Tick(1)}, steps, code}},
		{"faster", lab.then(Play{}), Pace(Double), []Effect{After{reads(29) / 2, Tick(2)}, steps, code}},
		{"faster, but nothing plays", lab, Pace(Double), []Effect{steps, code}},
		{"the first tick", lab.then(Play{}), Tick(1), []Effect{Visit{"1/signed-id-toss/none/4", false}, After{reads(17), Tick(2)}, say(1, lab.then(Go(3)).announcement(lab)), title("4"), steps, code}},
		{"the last tick", lab.then(Go(7), Play{}), Tick(1), []Effect{Visit{"1/signed-id-toss/none/9", false}, say(2, lab.then(Go(8)).announcement(lab)), title("9"), steps, code}},
		{"a tick of an older clock", lab.then(Play{}, Play{}, Play{}), Tick(1), nil},
		{"pause", lab.then(Play{}), Play{}, []Effect{steps, code}},
		{"speak", lab.then(By(1)), Speak{1, "x"}, nil},

		{"share a step", lab, Share{}, []Effect{CopyAddress{"share"}}},
		{"a step is shared", lab, Copied{"share", true}, []Effect{say(1, "The link to this step is copied.")}},
		{"a step is not shared", lab, Copied{"share", false}, []Effect{say(1, "The address bar holds the link to this step: copy it from there.")}},
		{"a page is shared", bench, Copied{"share", true}, []Effect{say(1, "The link to this page is copied.")}},
		{"copy", bench, CopyText{"copy-signed", "a.b.c"}, []Effect{Copy{"copy-signed", "a.b.c"}}},
		{"copied", bench, Copied{"copy-signed", true}, []Effect{say(1, "Copied.")}},
		{"not copied", bench, Copied{"copy-signed", false}, []Effect{say(1, "The browser does not let this page copy. Select the text and copy it.")}},

		{"reset", flipped, Reset{}, []Effect{Visit{"1/signed-id-toss/none/1", false}, say(2, "Back at step 1, with every switch off."), title("1"), steps, code}},
		{"undo", flipped.then(Reset{}), Undo{}, []Effect{Back{}, Focus{ID: "page-title"}}},
		{"dismiss", flipped.then(Reset{}), Dismiss{}, []Effect{Focus{ID: "page-title"}}},
		{"back", flipped.then(Reset{}), Follow("1/signed-id-toss/rotate/3"), []Effect{say(3, flipped.announcement(lab.then(Go(0)))), title("3"), steps, code}},
		{"follow a broken link", lab, Follow("1/signed-id-toss/none/77"), []Effect{Visit{"1/signed-id-toss/none/9", true},
			say(1, "This link is broken: there is no step \"77\" among the 9. Shown instead: “"+lab.Scenario.Title+"”, no switch on, step 9."), title("9"), steps, code}},
		{"turn the page", lab, Follow("claims"), []Effect{say(1, "Claims tested"), Title("Claims tested · Fixation Lab"), Focus{"page-title", true}, PlayClaim{scenarios.Claims()[0]}}},
		{"turn it back", lab.then(Follow("claims")), Follow("1/signed-id-toss/none/3"), []Effect{say(2, "Play"), title("3"), Focus{"page-title", true}, steps, code}},

		{"a sheet", lab, Show(Messages), []Effect{Focus{"sheet-title", false}, steps, code}},
		{"a sheet is closed", lab.then(Show(ServerInside)), Escape{}, []Effect{Focus{"show-server", false}, steps, code}},
		{"the menu is closed", lab.then(Menu(true)), Escape{}, []Effect{Focus{"more", false}, steps, code}},
		{"no letters", bench, Letters(false), nil},
		{"letters", bench, Letters(true), []Effect{Keep{"localStorage", "fixlab/1/shortcuts", true}}},

		{"a bet", course.then(PickOption(1)), Commit(true), []Effect{Visit{"learn/signed-is-not-yours/act", false},
			StoreProgress(course.then(PickOption(1), Commit(true)).Learn.Progress.String()), Focus{ID: "page-title"}, say(1, course.then(PickOption(1), Commit(true)).Learn.says()),
			Title("Signed is not yours – You are Mallory · Fixation Lab")}},
		{"a step of the course", course.then(PickOption(1), Commit(true)), Onward{}, []Effect{Visit{"learn/signed-is-not-yours/act/1", true}, Focus{ID: "act"},
			say(2, course.then(PickOption(1), Commit(true), Onward{}).Learn.says())}},
		{"an answer", asked, PickOption(1), []Effect{InView("answer"), say(asked.saying+1, asked.then(PickOption(1)).Learn.says())}},
		{"all is forgotten", course.then(Forget{}), Forget{}, []Effect{StoreProgress(course.then(Forget{}, Forget{}).Learn.Progress.String()), Store{"fixlab/progress/unread", ""},
			say(2, "All progress on this device is forgotten.")}},
		{"progress is saved", course, SaveProgress{}, []Effect{Download{"fixation-lab.json", course.Learn.Progress.String()}}},
		{"another tab writes what nobody can read", course, Elsewhere("{"), []Effect{Store{"fixlab/progress/unread", "{"}}},
		{"progress is loaded", course, LoadProgress{}, []Effect{Upload{}}},

		{"help", bench, Help(true), []Effect{Dialog{"help", true}}},
		{"help is closed", bench.then(Help(true)), Help(false), []Effect{Dialog{"help", false}}},
		{"why", lab.then(Go(6)), Why(true), []Effect{Dialog{"why", true}, steps, code, Ask{lab.whyJob()}}},
		{"why once more", lab.then(Go(6), Why(true), Why(false)), Why(true), []Effect{Dialog{"why", true}, steps, code}},
		{"why, and a worker fails", lab.then(Go(6), Why(true)), whyFails, nil},
		{"why once more after that", lab.then(Go(6), Why(true), whyFails, Why(false)), Why(true), []Effect{Dialog{"why", true}, steps, code, Ask{lab.whyJob()}}},
		{"why is closed", lab.then(Go(6), Why(true)), Why(false), []Effect{Dialog{"why", false}, steps, code}},
		{"the verdict", lab.then(Go(6)), ToVerdict{}, []Effect{Focus{"verdict", false}}},
		{"another tab of the code", lab, ShowListing(true), []Effect{Keep{"sessionStorage", "fixlab/1/listing", true}, steps, code}},
		{"the same tab", lab, ShowListing(false), nil},
		{"the focus", lab, FocusOn("tab-same"), []Effect{Focus{"tab-same", false}}},
		{"a group of switches", lab, Group{defence.Cookie, true}, nil},

		{"paper", lab.then(Follow("teach/card")), Print{}, []Effect{PrintOut{}}},
		{"a claim", lab.then(Follow("claims")), ClaimPlayed{}, []Effect{PlayClaim{scenarios.Claims()[1]}}},
		{"another message meanwhile", lab.then(Follow("claims")), Copied{}, []Effect{say(2, text.T("notice.no-copy"))}},
		{"the claims are left", claims.then(Follow("sign")), ClaimPlayed{}, nil},
		{"and come back to", claims.then(Follow("sign"), ClaimPlayed{}), Follow("claims"), []Effect{say(3, "Claims tested"), Title("Claims tested · Fixation Lab"), Focus{"page-title", true}, PlayClaim{scenarios.Claims()[1]}}},
		{"a route of the table", table, Observed{0, make([]Observation, 14)}, []Effect{Observe{14, 28}}},
		{"half a route", table, Observed{0, make([]Observation, 7)}, nil},
		{"an old part of the table", table, Observed{3, make([]Observation, 14)}, nil},
		{"all of the table", table, Observed{0, make([]Observation, MatrixSize())}, []Effect{say(1, "The table is complete: "+strconv.Itoa(MatrixSize())+" cells, blocked in 0. Firefox brings the same in every cell.")}},

		{"explore", bench, Follow("explore/scs/own/alone/none"), []Effect{say(1, "Explore"), Title("Explore · Fixation Lab"), Focus{"page-title", true}, Ask{job("scs", "")}}},
		{"another question", explore, ExploreServer("django-db"), []Effect{Visit{"explore/django-db/own/alone/none", false}, Ask{job("django-db", "")}}},
		{"no other question", explore, ExploreSort(true), []Effect{Visit{"explore/scs/own/alone/none/sorted", false}}},
		{"every server", explore, ExploreWide{}, []Effect{Ask{job("scs", "0/2"), job("scs", "1/2")}}},
		{"cancel", explore, ExploreStop{}, []Effect{say(1, "Cancelled."), Cancel("explore")}},
		{"go on", explore.then(ExploreStop{}), ExploreStart{}, []Effect{Ask{job("scs", "")}}},
		{"a worker fails", explore, Answers{{For: job("scs", "").For, Kind: "error", Error: "It fails."}}, []Effect{say(1, "It fails."), Cancel("explore")}},
		{"the table is left", explore, Follow("sign"), []Effect{say(1, "Signer bench"), Title("Signer bench · Fixation Lab"), Focus{"page-title", true}, Release("explore")}},
	} {
		_, got := test.from.Update(test.msg)
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s:\n got %#v\nwant %#v", test.name, got, test.want)
		}
		for _, e := range got {
			seen[reflect.TypeOf(e).Name()] = true
		}
	}
	source, err := os.ReadFile("effect.go")
	if err != nil {
		t.Fatal(err)
	}
	seen["KeepScripts"], seen["KeepDraft"], seen["Caret"] = true, true, true // see TestHandEffects, TestDraftStays and TestWordsOffered
	for _, name := range []string{"KeepTab", "Post", "OpenWindow", "Hold", "TellTime"} {
		seen[name] = true // see TestPresentEffects
	}
	for _, e := range regexp.MustCompile(`(?m)^func \((\w+)\) effect\(\)`).FindAllStringSubmatch(string(source), -1) {
		if !seen[e[1]] {
			t.Errorf("no message here has the effect %s", e[1])
		}
	}
}
