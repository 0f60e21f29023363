package lint

import (
	"go/ast"
	"go/token"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// noWords are the literals that have letters and are no words of a language: names of
// things, and what the search takes for text because a field of that name is one.
var noWords = map[string]string{
	"view/help.go": "W V I P R",                                                  // keys
	"view/keys.go": "range check radio text choice steps button way link region", // kinds of elements

	"view/compare.go":      "compare/",                                                                        // a part of links
	"view/listing.go":      "/login",                                                                          // a path
	"view/server.go":       "gone secret derivation key message expected got",                                 // a class
	"view/switches.go":     "choice-",                                                                         // an id
	"view/explore.go":      "what-if",                                                                         // likewise
	"view/whatif.go":       "servers",                                                                         // likewise
	"view/reference.go":    "what-stops-what explore compare claims sign",                                     // pages, by their names in links
	"view/pages.go":        "reference play",                                                                  // a page, by its name in links
	"page/pages.go":        "learn framework reference what-stops-what explore compare claims code code-name", // likewise, and an id
	"page/link.go":         "learn challenge/",                                                                // likewise
	"page/runlink.go":      "none",                                                                            // a part of links
	"page/matrix.go":       "HttpOnly Secure SameSite=Strict __Secure- __Host- __Host-Http-",                  // of cookies
	"page/embed.go":        "embed learn",                                                                     // likewise
	"page/hex.go":          "0123456789abcdef",
	"page/benchverdict.go": "ACCEPTED CRASH REFUSED", // what the words are asked for by

	"page/comparelink.go": "compare/ /vs/ none",                                                                                // parts of links
	"page/explorelink.go": "visited sorted",                                                                                    // likewise
	"page/bench.go":       "bench-flip bench-format bench-text choice lifetime name salt secret sign time value sign- verify-", // ids
	"page/inputs.go": "slider speed pick-lesson pick-server pick-route pick-token pick-browser flip-left flip-right goal: " +
		"explore-server explore-token explore-jar explore-mode fresh visited none",
	"page/effects.go":    "fixation-lab.json",                                                                                        // a file that is saved
	"page/learn.go":      "bet act ask stop own card",                                                                                // parts of links
	"page/learnfocus.go": "stops lessons dot- back act next",                                                                         // ids
	"page/learnmsg.go":   "none",                                                                                                     // an option of a list, by its value
	"page/progress.go":   "fixlab/progress /unread",                                                                                  // a name in storage
	"view/act.go":        "gone",                                                                                                     // a class
	"view/stop.go":       "gone",                                                                                                     // likewise
	"view/bet.go":        "l Kettle h2 p h1",                                                                                         // likewise, and what the shop sells
	"view/wire.go":       "l",                                                                                                        // a class
	"view/settle.go":     "play learn reference teach lab true",                                                                      // what <html> says, for tests and styles
	"page/sheet.go":      "sheet-title show-alice show-http show-mallory show-server show-defences show-result show-setup show-goal", // ids
	"view/messages.go":   "K",                                                                                                        // a session id's label
	"view/play.go":       "play",                                                                                                     // a way in
	"view/face.go":       "K",                                                                                                        // a session id's label
	"view/learn.go":      "learn",                                                                                                    // a way in, by its name in links
	"view/website.go":    "Shop",                                                                                                     // stands on the pages of the shop
	"page/effect.go":     "fixlab/1/shortcuts fixlab/1/listing fixlab/1/seed page-title verdict help why more script goal",           // names in storage, ids

	"page/notes.go":       "notes at",                         // parts of links, and of what windows say to each other
	"page/present.go":     "run/",                             // what votes are kept by
	"page/presentcue.go":  "on back reveal blank zoom item",   // what windows say to each other
	"page/presentdeck.go": "again answer code",                // parts of links
	"page/presentkept.go": "fixlab/1/present vote- framework", // names in storage, ids
	"page/presentlink.go": "present",                          // a part of links
	"page/presentsay.go":  "blank",                            // an id
	"view/notes.go":       "PageDown PageUp V B",              // likewise
	"view/present.go":     "V N P",                            // keys
	"view/presentask.go":  "l",                                // a class

	"page/editor.go":       "none head-",                                                                                                                                                                           // a part of links
	"page/export.go":       "run.har run.mmd run.md",                                                                                                                                                               // files that are saved
	"page/hand.go":         "script.txt: address- site-headers site-html site-template site-url nothing script cookie-domain cookie-name cookie-value cookie-age cookie-path cookie-samesite grants on seed title", // ids, and a word of the header
	"page/offer.go":        "none",                                                                                                                                                                                 // a part of links
	"page/site.go":         "https:// none $way $bait $loot",                                                                                                                                                       // an address, a value of a list, a word of routes
	"view/hands.go":        "play cache",                                                                                                                                                                           // a way in, a name
	"view/live.go":         "tab back reload",                                                                                                                                                                      // names, verbs of scripts
	"view/livejar.go":      "name value domain path samesite Lax None Strict age secure httponly script copy edit delete",                                                                                          // names of fields and icons, values of an attribute
	"view/mysite.go":       "url headers html",                                                                                                                                                                     // names of fields
	"view/setup.go":        "grants on seed title",                                                                                                                                                                 // keys of a header
	"page/goalwords.go":    "may: need: suite: minimal:",
	"page/cookieform.go":   "name age domain path value",
	"page/handeffects.go":  "script.txt",
	"page/handform.go":     "-field- on",
	"view/scriptpane.go":   "script-words",
	"view/goal.go":         "true false",
	"view/teachembed.go":   `<iframe src=" #embed/ width="100%" height="576" allow="clipboard-write" loading="lazy"></iframe>`, // HTML
	"page/teach.go":        "teach plan",
	"page/class.go":        "fixlab/1/class fixlab/1/name class/ learn code", // names in storage, parts of links
	"page/teachclass.go":   "none",
	"page/teachkept.go":    "none fixlab/1/plan fixlab/1/class-taught /unread #teach/ minutes edit-plan up down cut what plan-back on class-address class-lang class-name class-phrase card-name class-hide class-variants codes-text keep-codes how late link",
	"page/teachcodes.go":   "fixlab/1/codes fixation-lab-class.csv fixation-lab-class.json fixation-lab-xapi.json codes-title", // a name in storage, files that are saved, an id
	"page/teachplaces.go":  "learn/",
	"page/teachplan.go":    "plan-",
	"view/teach.go":        "teach",
	"view/teachclass.go":   "name hide variants phrase address lang",
	"view/teachform.go":    "minutes what how down up cut late on link",
	"view/teachsheets.go":  "handout.html key.html notes.html questions.html #teach/",
	"page/reopen.go":       "audit",
	"page/auditeffects.go": "audit-file audit-again audit-cancel audit-fault audit-result contract-title",
	"page/auditpick.go":    "audit-login audit-private",
	"view/audit.go":        "reference",
	"view/audittables.go":  "Secure HttpOnly SameSite __Host-",
	"page/handfocus.go":    "cookies- habits script-more cookie-name cookie-value page- copy cookie-",
}

// TestVisible: all that the page shows is in the catalogue, but for what stands above.
func TestVisible(t *testing.T) {
	list, err := Visible("../../view", "../../page")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, l := range list {
		file := path.Base(path.Dir(l.File)) + "/" + path.Base(l.File)
		switch {
		case file == "view/art.go", file == "page/habit.go": // drawings, lines of scripts
		case slices.Contains(strings.Fields(noWords[file]), strings.TrimSpace(l.Text)):
			used[file+" "+strings.TrimSpace(l.Text)] = true
		default:
			t.Errorf("%s:%d: %q is shown, and in no catalogue: ask package text for it", file, l.Line, l.Text)
		}
	}
	for _, file := range slices.Sorted(maps.Keys(noWords)) {
		for _, word := range strings.Fields(noWords[file]) {
			if !used[file+" "+word] {
				t.Errorf("%s shows no %q any more, or is not there: take it off the list noWords", file, word)
			}
		}
	}
}

// TestVisibleBites shows what is followed, and what is not.
func TestVisibleBites(t *testing.T) {
	dir := wrote(t, `package x

import "fixlab/app/text"

type row struct{ Word, Class string }
type pair struct{ Class, Says string }

var table = [][2]string{{"yes1", "yes2"}}

func f(c row, p pair) {
	app.Text("yes3" + g("no1"))
	node("p", "class=no2", "aria-label=yes4 "+c.Word).Text(table[0][1])
	says := "yes5"
	if c.Class == "no3" {
		says += text.T("no4", "n", "no5")
	}
	txt("p", "no6", says)
	app.Text(p.Says)
	app.Text(strings.ReplaceAll(h("no7"), "·", "yes6"))
	pick := func(id, label string) { app.Text(label) }
	pick("no8", "yes7")
	list = append(list, row{Word: "yes8", Class: "no9"}, row{"yes9", "no10"})
	other := []pair{{"no11", "yes10"}}
	with(e, "placeholder=yes11")
	e.Attr("title", "yes12").Attr("id", "no12")
	word, _ := both()
	app.Text(word + "· 12")
}

func g(string) string { return "yes13" }
func h(string) (says string) { says = "yes14"; return says }
func both() (word, icon string) { return "yes15", "no13" }
func txt(tag, class, text string) { app.Text(text) }
`)
	list, err := Visible(dir)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, l := range list {
		if strings.HasPrefix(l.Text, "no") {
			t.Errorf("line %d: %q is taken for text", l.Line, l.Text)
		}
		found[strings.TrimSpace(l.Text)] = true
	}
	for i := range 15 {
		if word := "yes" + string(rune('0'+(i+1)/10)) + string(rune('0'+(i+1)%10)); !found[strings.Replace(word, "yes0", "yes", 1)] {
			t.Errorf("%s is not found", word)
		}
	}
}

// inWords are the literals of package words that look like words and are none of the
// catalogue: people.
var inWords = []string{"Alice", "Mallory"}

// TestWordsOfARun: package words, whose texts the page shows and the terminal prints, has
// its words from the catalogue. What looks like a word has a space in it, or a capital.
func TestWordsOfARun(t *testing.T) {
	src, err := parse("../../words")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, name := range src.names() {
		for _, d := range src.files[name].Decls {
			if g, is := d.(*ast.GenDecl); is && g.Tok == token.IMPORT {
				continue
			}
			ast.Inspect(d, func(n ast.Node) bool {
				lit, is := n.(*ast.BasicLit)
				if !is || lit.Kind != token.STRING {
					return true
				}
				s, err := strconv.Unquote(lit.Value)
				if err != nil {
					t.Fatal(err)
				}
				if strings.ContainsFunc(s, unicode.IsUpper) || strings.Contains(s, " ") && strings.ContainsFunc(s, unicode.IsLetter) {
					if found[s] = true; !slices.Contains(inWords, s) {
						t.Errorf("%s: %q is in no catalogue: ask package text for it", src.set.Position(lit.Pos()), s)
					}
				}
				return true
			})
		}
	}
	for _, s := range inWords {
		if !found[s] {
			t.Errorf("package words has no %q any more", s)
		}
	}
}
