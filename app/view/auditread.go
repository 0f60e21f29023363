//go:build !slim

package view

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/dom"
	"fixlab/app/page"
	"fixlab/app/worker"
)

// recordings is the browser's side of reading a recording: the file or the text that was
// chosen last, which the page never has, and the worker that reads it.
var recordings recordingReader

type recordingReader struct {
	source app.Value // a File, or a text; nil for none
	worker *worker.Reader
}

// chosen takes the file of an input.
func (r *recordingReader) chosen(ctx app.Context, input app.Value) {
	if files := input.Get("files"); files.Truthy() && files.Length() > 0 {
		r.file(ctx, files.Index(0))
		input.Set("value", "") // the same file can be chosen again
	}
}

// dropped takes what was dropped on the page.
func (r *recordingReader) dropped(ctx app.Context, transfer app.Value) {
	source, isFile := dom.DroppedOf(transfer)
	switch {
	case isFile:
		r.file(ctx, source)
	case source != nil:
		r.source = source
		send(ctx, page.OpenRecording{Size: dom.LengthOf(source)})
	}
}

func (r *recordingReader) file(ctx app.Context, file app.Value) {
	r.source = file
	send(ctx, page.OpenRecording{Source: file.Get("name").String(), Size: file.Get("size").Int()})
}

// pasted takes the text of the page's field.
func (r *recordingReader) pasted(ctx app.Context) {
	if field, ok := dom.Element("audit-text"); ok {
		r.source = field.Get("value")
		send(ctx, page.OpenRecording{Size: dom.LengthOf(r.source)})
	}
}

// carryOut does what only this page asks of the browser, and reports whether e is that.
func (r *recordingReader) carryOut(ctx app.Context, e page.Effect, tell func(app.Context, page.Msg)) bool {
	switch e := e.(type) {
	case page.ReadRecording:
		r.stop()
		r.worker = worker.Read(r.source, func(m worker.Reading) {
			ctx.Dispatch(func(ctx app.Context) {
				switch {
				case m.Fault != "":
					tell(ctx, page.RecordingFault{Turn: e.Turn, Why: m.Fault})
				case m.Done && m.Document:
					tell(ctx, page.DocumentText{Turn: e.Turn, Text: m.Text})
				case m.Done:
					tell(ctx, page.RecordingText{Turn: e.Turn, Text: m.Text})
				default:
					tell(ctx, page.RecordingRead{Turn: e.Turn, Read: m.Read})
				}
			})
		})
		r.source = nil
	case page.DropRecording:
		r.stop()
		r.source = nil
		if e.Fields {
			dom.Fill("audit-text", "")
		}
	default:
		return false
	}
	return true
}

// stop ends the worker.
func (r *recordingReader) stop() {
	if r.worker != nil {
		r.worker.Stop()
		r.worker = nil
	}
}
