package class

import (
	"crypto/sha1"
	"fmt"
)

// base is what activities are named with. No address of that domain can be anybody's
// (RFC 2606).
const base = "https://fixation-lab.example/"

type (
	statement struct {
		ID     string  `json:"id"`
		Actor  actor   `json:"actor"`
		Verb   verb    `json:"verb"`
		Object object  `json:"object"`
		Result *result `json:"result,omitempty"`
		Within within  `json:"context"`
	}
	actor struct {
		Type    string  `json:"objectType"`
		Name    string  `json:"name"`
		Account account `json:"account"`
	}
	account struct {
		Home string `json:"homePage"`
		Name string `json:"name"`
	}
	verb struct {
		ID      string            `json:"id"`
		Display map[string]string `json:"display"`
	}
	object struct {
		Type       string     `json:"objectType"`
		ID         string     `json:"id"`
		Definition definition `json:"definition"`
	}
	definition struct {
		Type        string            `json:"type"`
		Name        map[string]string `json:"name"`
		Description map[string]string `json:"description,omitempty"`
		Interaction string            `json:"interactionType,omitempty"`
		Right       []string          `json:"correctResponsesPattern,omitempty"`
		Choices     []choice          `json:"choices,omitempty"`
	}
	choice struct {
		ID   string            `json:"id"`
		Text map[string]string `json:"description"`
	}
	result struct {
		Success    *bool          `json:"success,omitempty"`
		Completion *bool          `json:"completion,omitempty"`
		Response   string         `json:"response,omitempty"`
		Score      *scaled        `json:"score,omitempty"`
		Extensions map[string]any `json:"extensions,omitempty"`
	}
	scaled struct {
		Scaled float64 `json:"scaled"`
		Raw    int     `json:"raw"`
		Min    int     `json:"min"`
		Max    int     `json:"max"`
	}
	within struct {
		Extensions map[string]any `json:"extensions"`
	}
)

// XAPI returns statements (xAPI 1.0.3) about all whose work counts: attempted for each
// challenge that was tried, answered for each bet, passed or failed for the whole, and
// completed for who has made every bet and tried every challenge. A statement's id hangs on
// the code alone, so that the same code, brought in twice, is the same statement. The day
// is no time of day, so it is no timestamp. A learner is an account of the class, by the
// name that she typed; there is no mail address.
func XAPI(all []Evidence) string {
	out := []statement{}
	for _, e := range all {
		if e.Counted() {
			out = append(out, e.statements()...)
		}
	}
	return indented(out)
}

func (e Evidence) statements() (out []statement) {
	who := actor{"Agent", e.Name, account{base + "class/" + e.Class, e.Name}}
	if e.Name == "" { // an account has a name
		who.Account.Name = uuid(e.payload, "learner")
	}
	add := func(name string, o object, r *result) {
		v := verb{"http://adlnet.gov/expapi/verbs/" + name, map[string]string{"en-US": name}}
		about := within{map[string]any{base + "day": e.Day, base + "content": e.Content, base + "verified": e.State.String()}}
		out = append(out, statement{uuid(e.payload, name+" "+o.ID), who, v, o, r, about})
	}
	complete := true
	for i, w := range course().bets {
		b, bet := w.of(e.Work), w.bet()
		if b.Option == "" {
			complete = false
			continue
		}
		o := object{"Activity", base + "lesson/" + w.lesson.Name + "/bet/" + number(w.n+1), definition{
			Type: "http://adlnet.gov/expapi/activities/cmi.interaction", Name: map[string]string{"en-US": w.lesson.Title},
			Description: map[string]string{"en-US": bet.Ask}, Interaction: "choice", Right: []string{number(rights()[i] + 1)}}}
		r := result{Extensions: map[string]any{base + "sure": b.Sure}}
		for n, option := range bet.Options {
			o.Definition.Choices = append(o.Definition.Choices, choice{number(n + 1), map[string]string{"en-US": option.Text}})
			if option.Text == b.Option {
				r.Response = number(n + 1)
			}
		}
		right := b.Option == bet.Options[rights()[i]].Text
		r.Success = &right
		add("answered", o, &r)
	}
	for _, s := range Challenges() {
		status := e.Status(s)
		if status == Untouched {
			complete = false
			continue
		}
		won, hints, tries := status == Won, 0, 0
		for _, r := range e.of(s) {
			hints, tries = hints+r.Goal.Hints, tries+r.Goal.Tries
		}
		add("attempted", object{"Activity", base + "challenge/" + s.Name, named("assessment", s.Title)},
			&result{Success: &won, Extensions: map[string]any{base + "hints": hints, base + "tries": tries}})
	}
	passed, score := e.Passed(), e.Score()
	name := map[bool]string{true: "passed", false: "failed"}[passed]
	whole := object{"Activity", base + "course", named("course", "Fixation Lab")}
	add(name, whole, &result{Success: &passed, Score: &scaled{float64(score) / 100, score, 0, 100}})
	if complete {
		add("completed", whole, &result{Completion: &complete})
	}
	return out
}

func named(kind, title string) definition {
	return definition{Type: "http://adlnet.gov/expapi/activities/" + kind, Name: map[string]string{"en-US": title}}
}

// uuid returns a name-based UUID (RFC 9562, version 5) of a payload and what of it is meant.
func uuid(payload []byte, of string) string {
	space := []byte{0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8} // that of URLs
	sum := sha1.Sum(append(append(space, base+"code/"+crockford.EncodeToString(payload)+"/"...), of...))
	sum[6], sum[8] = sum[6]&0x0f|0x50, sum[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}
