// Command app is Fixation Lab: in the browser the page, elsewhere its commands.
// A usage error exits with status 2, every other error with status 1.
package main

import (
	"os"

	"fixlab/app/view"
	"fixlab/app/worker"
)

func main() {
	worker.Serve() // does not return in a worker
	view.Run()     // does not return in a browser
	os.Exit(run(os.Args[1:]))
}
