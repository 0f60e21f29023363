// Command app is Fixation Lab: in the browser the page, elsewhere its commands.
//
//	build  [-out DIR] [-base PATH]   write the static site
//	serve  [-dir DIR] [-addr ADDR]   serve the static site
//	size   [-dir DIR]                print what the site weighs; fail over the budget
//	load   [-dir DIR] [-n RUNS]      measure how fast it loads; fail over the budget
//	play   [NAME] [-on SWITCHES] [-json]   play a scenario in the terminal
//
// A usage error exits with status 2, every other error with status 1.
package main

import (
	"os"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/cli"
	"fixlab/app/dom"
	"fixlab/app/view"
)

func main() {
	if inWorker() {
		work() // does not return
	}
	// Every path shows the one page: where the learner stands is in the
	// fragment, so that the site works under any path of any host.
	app.RouteWithRegexp(".*", view.NewRoot)
	dom.Mend()
	app.RunWhenOnBrowser() // does not return in a browser
	os.Exit(cli.Run(os.Args[1:]))
}
