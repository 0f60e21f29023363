//go:build e2e

package e2e

import (
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fixlab/app/class"
	"fixlab/lab/script"
)

// classLink is that of a class, and its fragment.
func classLink(t *testing.T) (l class.Link, fragment string) {
	t.Helper()
	l = class.Link{Class: "7A <b>", Phrase: "blue kettle", Hide: true, Variants: true}
	f, err := l.Fragment()
	if err != nil {
		t.Fatal(err)
	}
	return l, "#class/" + f
}

// attempt writes the lines of a script under the header of the challenge that is open.
func (b *tab) attempt(lines ...string) {
	b.t.Helper()
	b.eval(fmt.Sprintf(`(() => { const f = document.querySelector('#script'); f.focus();
		f.value = f.value.split('\n\n')[0] + '\n\n' + %q + '\n'; f.dispatchEvent(new Event('input', {bubbles: true})); f.dispatchEvent(new Event('change', {bubbles: true})) })(), 0`, strings.Join(lines, "\n")), nil)
	b.settled()
	b.until(solvedNow + " === 'true'")
}

// tossing is a script that solves the first challenge, in words of somebody's own.
func tossing(loot string) []string {
	return []string{"mallory get /", "mallory copy " + loot, `mallory serve https://blog.shop.example/ <script>document.cookie="$cookie=$` + loot + `; Domain=shop.example; Path=/"</script>`,
		"alice get https://blog.shop.example/", "alice post /login user=alice password=correct-horse", "mallory get /profile"}
}

// A class of thirty: three make their codes through the page, each with a script of her own,
// the others as the page makes them. The trainer pastes them all, with one edited, one cut
// off, one of another class and one twice; the table, the CSV and the package agree.
func TestClass(t *testing.T) {
	t.Parallel()
	l, link := classLink(t)
	b := open(t, link)
	b.is("location.hash", "#learn/"+class.Lessons()[0].Name)
	b.is("("+told+").split('\\n')[0].startsWith('You are in the class “7A <b>”.')", "true")
	var codes []string
	for i, name := range []string{"Amira", "=1+1", `<img src=x onerror="document.title='owned'">`} {
		if i > 0 {
			b.eval("localStorage.clear(), sessionStorage.clear(), 0", nil)
			b.visit("?" + strconv.Itoa(i) + link)
			b.ready()
		}
		b.follow("challenge/make-it-happen")
		b.settled()
		b.attempt(tossing([]string{"mine", "hers", "biscuit"}[i])...)
		b.follow("code")
		b.settled()
		b.is("document.activeElement.id + document.querySelector('#code-class').innerText", "page-titleClass: 7A <b>")
		b.put("#code-name", name)
		if i == 0 {
			b.accessible("code")
			b.fits(1366, 390, 320)
		}
		codes = append(codes, b.text("#code-text"))
	}

	all := class.Read(strings.Join(codes, "\n"), l)
	for i := len(codes); i < 30; i++ {
		w := all[i%3].Work
		w.Name, w.Goals = fmt.Sprintf("Learner %d", i+1), maps.Clone(w.Goals)
		g := w.Goals["make-it-happen"]
		g.Tries, g.Hints = i, i%3
		own := fmt.Sprintf("loot%dof%d", i, i*i)
		g.Win.Script = script.Append(strings.SplitAfter(g.Win.Script, "\n\n")[0], tossing(own)...)
		w.Goals["make-it-happen"] = g
		codes = append(codes, class.Make(w, l))
	}
	edited := []byte(codes[4])
	edited[61] = map[bool]byte{true: '8', false: '7'}[edited[61] == '7']
	foreign := class.Make(all[0].Work, class.Link{Phrase: "green door"})
	text := "Dear teacher,\n" + strings.Join(codes, " (sent from my phone)\n") + "\n\n" + string(edited) + "\n\n" + codes[3][:40] + "\n\n" + foreign + "\n" + codes[0]
	want := class.Read(text, l)
	for i, state := range []class.State{class.Edited, class.CutOff, class.Foreign, class.Duplicate} {
		if len(want) != 34 || want[30+i].State != state {
			t.Fatalf("%d codes, number %d is %s", len(want), 31+i, want[30+i].State)
		}
	}

	dir := t.TempDir()
	b.eval("localStorage.clear(), 0", nil)
	b.visit("?teach#teach")
	b.ready()
	b.write("#class-name", l.Class)
	b.write("#class-phrase", l.Phrase)
	b.click("#class-variants")
	b.put("#codes-text", text)
	b.eval("performance.mark('pasted'), 0", nil)
	b.eval("document.querySelector('#read-codes').click(), 0", nil)
	b.until("document.querySelectorAll('#codes-learners tbody tr').length === 34")
	b.is("document.querySelector('#codes-count').innerText", "34 codes, 30 of them replayed")
	t.Logf("34 codes were replayed and shown within %s ms", b.value("String(Math.round(performance.measure('replayed', 'pasted').duration))"))
	b.until("document.querySelector('#live').textContent === '34 codes, 30 of them replayed'")
	b.is("document.title + document.querySelectorAll('#codes img').length", "Teach · Fixation Lab0")
	b.is("Object.keys(localStorage).filter(k => k.includes('codes')).length", "0")

	var rows [][]string
	b.eval("[...document.querySelectorAll('#codes-learners tbody tr')].map(r => [...r.cells].map(c => c.textContent))", &rows)
	states := map[class.State]string{class.Fine: "replayed", class.Edited: "mistyped or edited", class.CutOff: "cut off", class.Foreign: "another class", class.Duplicate: "copy of Amira"}
	for i, e := range want {
		r := rows[i]
		if !strings.HasPrefix(r[9], states[e.State]) {
			t.Errorf("row %d is %q, want %s", i+1, r[9], e.State)
		}
		if !e.Counted() {
			continue
		}
		_, right, wrong := e.Predictions()
		if r[0] != e.Name || r[1] != strconv.Itoa(e.Score()) || r[3] != fmt.Sprintf("%d of %d", e.Solved(), len(class.Challenges())) || r[4] != strconv.Itoa(e.Hints()) || r[5] != strconv.Itoa(e.Tries()) || !strings.HasPrefix(r[6], strconv.Itoa(right)+" of") || r[7] != strconv.Itoa(wrong) || r[8] != e.Day {
			t.Errorf("row %d: %q", i+1, r)
		}
	}
	b.is("document.querySelector('#codes-heat tbody tr').cells[1].textContent", "30")
	b.is("document.querySelector('#codes-learners .scripts a').getAttribute('href').startsWith('#present/2/')", "true")
	b.accessible("codes")

	b.download(dir, func() { b.click("#save-csv") })
	got, err := os.ReadFile(filepath.Join(dir, "fixation-lab-class.csv"))
	if err != nil {
		t.Fatal(err)
	}
	read := func(text string) [][]string {
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return rows
	}
	cells, wanted := read(string(got)), read(class.CSV(want))
	if len(cells) != len(wanted) {
		t.Fatalf("the CSV has %d rows, want %d", len(cells), len(wanted))
	}
	for i := range wanted {
		if !slices.Equal(cells[i], wanted[i]) {
			t.Errorf("row %d of the CSV is %q, want %q", i, cells[i], wanted[i])
		}
	}
	if cells[2][2] != "'=1+1" {
		t.Errorf("a name is a formula: %q", cells[2][2])
	}

	b.click("#keep-codes")
	b.settled()
	b.is("localStorage.getItem('fixlab/1/codes').split('\\n').length", "35")
	b.click("#clear-codes")
	b.settled()
	b.is("document.querySelectorAll('#codes-learners').length + (localStorage.getItem('fixlab/1/codes') ?? '')", "0")
}

// A class without solutions offers two hints and no worked solution; who leaves it has all.
func TestHiddenSolutions(t *testing.T) {
	t.Parallel()
	_, link := classLink(t)
	b := open(t, link)
	b.follow("challenge/one-switch")
	b.settled()
	for range 2 {
		b.click("#hint")
		b.settled()
	}
	b.is("document.querySelectorAll('#hint').length", "0")
	b.click("#show-goal")
	b.settled()
	b.is("document.querySelectorAll('#goal-full details').length + document.querySelectorAll('#goal-full ol li').length", "2")
	b.follow("code")
	b.settled()
	b.click("#leave-class")
	b.settled()
	b.is("document.activeElement.id + localStorage.getItem('fixlab/1/class')", "page-title")
	b.follow("challenge/one-switch")
	b.settled()
	b.click("#hint")
	b.settled()
	b.click("#show-goal")
	b.settled()
	b.is("document.querySelectorAll('#goal-full details').length + document.querySelectorAll('#goal-full ol li').length", "4")
}

// Where nothing may be kept a class link works for as long as the page is open, and a broken
// one opens the course and says what is wrong.
func TestClassWithoutStorage(t *testing.T) {
	t.Parallel()
	_, link := classLink(t)
	b := serve(t, hosting{}).tab(t)
	b.before(`for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, {configurable: true, get() { throw new DOMException("forbidden", "SecurityError"); }})`)
	b.visit(link)
	b.ready()
	b.follow("code")
	b.settled()
	b.put("#code-name", "Amira")
	b.is("document.querySelector('#code-class').innerText + document.querySelector('#code-text').innerText.startsWith('FX1.')", "Class: 7A <b>true")
	b.follow(link[1 : len(link)-4])
	b.settled()
	b.is("location.hash.startsWith('#learn/')", "true")
	b.is("("+told+").includes('cut short') && ("+told+").includes('You stay in the class')", "true")
	b.follow("learn/which-moment")
	b.settled()
	b.click("#lessons")
	b.settled()
	b.is("document.querySelector('#lesson-list').innerText.includes('Class: 7A <b>') + document.querySelector('#code-link').getAttribute('href')", "true#code")
}

// A learner joins a class and makes her code, and it is read in Teach, edited and as it is.
func firefoxClass(t *testing.T, f *firefox) {
	l, link := classLink(t)
	h := serve(t, hosting{})
	f.open(t, h, link)
	f.is("location.hash", "#learn/"+class.Lessons()[0].Name)
	f.follow("#code")
	f.is("document.querySelector('#code-class').innerText", "Class: 7A <b>")
	f.click("#code-name")
	f.types("Ann")
	f.until("document.querySelector('#code-text').innerText !== ''")
	code := f.eval("document.querySelector('#code-text').innerText")
	read := class.Read(code, l)
	if len(read) != 1 || read[0].State != class.Fine || read[0].Work.Name != "Ann" {
		t.Fatalf("%q is read as %+v", code, read)
	}
	edited := []byte(code)
	edited[10] = map[bool]byte{true: '8', false: '7'}[edited[10] == '7']

	f.visit(h.URL + "?teach#teach")
	f.ready()
	f.is("document.querySelector('#class-qr, .qr') === null", "true") // its address is this computer's own
	for _, field := range [][2]string{{"#class-name", l.Class}, {"#class-phrase", l.Phrase}, {"#codes-text", code + " / " + string(edited)}} {
		f.click(field[0])
		f.types(field[1])
		f.settled()
	}
	f.click("#edit-plan")
	f.settled()
	f.click("#plan-1-up")
	f.settled()
	f.is("document.activeElement.id + document.querySelector('#plan-0-what').value", "plan-0-downLesson 1")
	f.click("#plan-back")
	f.settled()
	f.click("#edit-plan")
	f.settled()
	f.is("document.querySelector('.order tbody tr:nth-child(2) td:nth-child(2)').innerText", "Lesson 1")
	f.click("#read-codes")
	f.until("document.querySelectorAll('#codes-learners tbody tr').length === 2")
	f.is("document.querySelector('#codes-count').innerText", "2 codes, 1 of them replayed")
	f.is("document.querySelectorAll('main img').length", "0")
}
