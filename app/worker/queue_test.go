package worker

import (
	"slices"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// An outer component stays, with an inner one in it that goes away. Outside a
// browser go-app takes itself for a server: it prerenders, and mounts nothing.
type outer struct {
	app.Compo
	bare        bool
	stays, goes app.Context
}

func (o *outer) OnPreRender(ctx app.Context) { o.stays = ctx }

func (o *outer) Render() app.UI {
	if o.bare {
		return app.Div()
	}
	return app.Div().Body(&inner{outer: o})
}

type inner struct {
	app.Compo
	outer *outer
}

func (i *inner) OnPreRender(ctx app.Context) { i.outer.goes = ctx }

func (i *inner) Render() app.UI { return app.Div() }

// TestQueue: the task of a component that has gone away is left out, and those
// behind it are done, in order, though they hang on nobody else.
func TestQueue(t *testing.T) {
	engine, o := app.NewTestEngine(), &outer{}
	if err := engine.Load(o); err != nil {
		t.Fatal(err)
	}
	engine.ConsumeAll()
	q := Queue{Clock: o.stays}
	var done []string
	note := func(ctx app.Context, what string, then func()) {
		q.Later(ctx, func(app.Context) {
			done = append(done, what)
			then()
		})
	}
	nothing := func() {}

	note(o.goes, "inner", nothing)
	note(o.stays, "outer", func() { note(o.stays, "later", nothing) })
	engine.ConsumeAll()
	if want := []string{"inner", "outer", "later"}; !slices.Equal(done, want) {
		t.Fatalf("done: %q, want %q", done, want)
	}

	done, o.bare = nil, true
	o.stays.Update()
	note(o.goes, "inner", nothing)
	note(o.goes, "inner", nothing)
	note(o.stays, "outer", nothing)
	engine.ConsumeNext() // the update: the inner one is gone before the first gap is over
	engine.ConsumeAll()
	if want := []string{"outer"}; !slices.Equal(done, want) {
		t.Errorf("done: %q, want %q", done, want)
	}
	note(o.stays, "again", nothing)
	engine.ConsumeAll()
	if want := []string{"outer", "again"}; !slices.Equal(done, want) {
		t.Errorf("done: %q, want %q", done, want)
	}
}
