package view

import (
	"runtime"

	"fixlab/app/dom"
)

// later is what an act leads to and its picture does not show: the address, what is
// stored, the stops of the Tab key. It is done in its order once the picture is painted,
// and in any case before the next act.
type later struct {
	todo []func()
	left int // how many more acts may leave memory behind until it is collected
}

func (l *later) add(f func()) { l.todo = append(l.todo, f) }

// drawn is to be called once the document is what is to be painted.
func (l *later) drawn() { dom.AfterPaint(l.flush) }

func (l *later) flush() {
	todo := l.todo
	l.todo = nil
	for _, f := range todo {
		f()
	}
	if len(todo) > 0 {
		l.collect()
	}
}

// What the start and then so many acts leave in memory is collected when the browser has
// nothing else to do: in the midst of an act one would wait for it.
const collectAfter = 8

func (l *later) collect() {
	if l.left--; l.left < 0 {
		l.left = collectAfter
		dom.WhenIdle(runtime.GC)
	}
}
