//go:build !slim

package view

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
)

// The whole program draws the pages that only trainers need.
func init() { trainers = map[string]func(page.Model) app.UI{"teach": teachFace} }
