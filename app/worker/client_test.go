package worker

import (
	"slices"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/survey"
)

// TestDeliver: what a job's worker has sent goes to that job's tell, and what is
// left of an older job to nobody, whether its component is still there or not.
func TestDeliver(t *testing.T) {
	engine, o := app.NewTestEngine(), &outer{}
	if err := engine.Load(o); err != nil {
		t.Fatal(err)
	}
	engine.ConsumeAll()
	c := Client{Queue: &Queue{Clock: o.stays}}
	var told []string
	at := func(ctx app.Context, job string) { // has the client at work on it
		c.Stop()
		c.busy, c.job, c.ctx = true, survey.Job{For: job}, ctx
		c.tell = func(_ app.Context, list []survey.Answer) {
			for _, a := range list {
				told = append(told, job+" is told "+a.For+" "+a.Kind+a.Error)
			}
		}
	}
	is := func(want ...string) {
		t.Helper()
		engine.ConsumeAll()
		if !slices.Equal(told, want) {
			t.Errorf("%q, want %q", told, want)
		}
		told = nil
	}

	at(o.stays, "a")
	c.receive(`[{"For": "a", "Kind": "row"}, {"For": "a", "Kind": "row"}]`)
	c.receive(`[{"For": "a", "Kind": "end"}]`)
	is("a is told a row", "a is told a row", "a is told a end")
	if c.busy {
		t.Error("it is busy after the end")
	}

	at(o.stays, "a")
	c.receive(`[{"For": "a", "Kind": "row"}]`)
	at(o.stays, "b")
	c.receive(`[{"For": "b", "Kind": "row"}]`)
	is("b is told b row")

	at(o.goes, "c")
	c.receive(`[{"For": "c", "Kind": "row"}]`)
	o.bare = true
	o.stays.Update()
	engine.ConsumeNext() // the update: the inner component is gone
	at(o.stays, "d")
	c.receive(`[{"For": "d", "Kind": "row"}]`)
	is("d is told d row")

	c.receive("!it broke")
	is("d is told d errorThe worker stopped: it broke.")
	c.receive(`[{"For": "d", "Kind": "row"}]`)
	is()

	at(o.stays, "e")
	c.receive("no JSON")
	c.receive(`[{"For": "e", "Kind": "row"}]`)
	is("e is told e errorThe worker’s answer cannot be read: invalid character 'o' in literal null (expecting 'u').")

	at(o.stays, "f")
	c.waits = true
	c.receive("!refused")
	if !c.busy || c.next == nil {
		t.Error("a worker never got ready, and the page does not do its job")
	}
	c.Stop()
}
