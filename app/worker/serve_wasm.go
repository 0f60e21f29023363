package worker

import (
	"encoding/json"
	"runtime/debug"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/survey"
)

// longest is how long an answer waits for others to travel with it, and most is
// how many travel together: the page reads them in one go.
const (
	longest = 50 * time.Millisecond
	most    = 6
)

// Serve answers the page's jobs, each a JSON text, with JSON texts of some answers
// each. It says with an empty text that it is ready, and with a text that begins
// with an exclamation mark that it could not go on. In a worker, where there is
// no document, it does not return; elsewhere it returns at once.
func Serve() {
	if app.Window().Get("document").Truthy() {
		return
	}
	runs := survey.Runs{}
	// Nearly all that a run allocates is garbage after it, and nothing else waits
	// here: garbage collection may be rare.
	debug.SetGCPercent(800)
	post := func(text string) { app.Window().Call("postMessage", text) }
	app.Window().Set("onmessage", app.FuncOf(func(_ app.Value, args []app.Value) any {
		defer func() {
			if err := recover(); err != nil {
				post("!" + reason(err))
			}
		}()
		var j survey.Job
		if err := json.Unmarshal([]byte(args[0].Get("data").String()), &j); err != nil {
			post("!" + err.Error())
			return nil
		}
		var batch []survey.Answer
		sent := time.Now()
		send := func() {
			if batch == nil {
				return
			}
			text, err := json.Marshal(batch)
			if err != nil {
				panic(err)
			}
			post(string(text))
			batch, sent = nil, time.Now()
		}
		for a := range runs.Do(j) {
			if a.Kind != "" {
				batch = append(batch, a)
			}
			if len(batch) >= most || time.Since(sent) >= longest {
				send()
			}
		}
		send()
		return nil
	}))
	post("")
	select {}
}

func reason(err any) string {
	if e, ok := err.(error); ok {
		return e.Error()
	}
	if s, ok := err.(string); ok {
		return s
	}
	return "it broke down"
}
