package main

import "github.com/maxence-charriere/go-app/v10/pkg/app"

func benchView(m Model) app.UI { return txt("p", "", m.Bench.Value) }
