//go:build !slim

package view

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/qr"
	"fixlab/app/text"
)

// The whole program draws QR codes: to import package qr is to keep its tables in the wasm.
func init() { qrCode = func(link string) app.UI { return &memo[qrPart]{Part: qrPart{link}} } }

// qrPart is the QR code of a link: dark on white in every scheme, or a reader is lost.
type qrPart struct{ Link string }

func (q qrPart) ui() app.UI {
	code, err := qr.Draw(q.Link)
	if err != nil {
		return txt("p", "no-link", text.T("teach.no-qr", "n", len(q.Link)))
	}
	from, all := strconv.Itoa(-qr.Quiet), strconv.Itoa(code.Size+2*qr.Quiet)
	return svg("svg").Class("qr").Attr("viewBox", from+" "+from+" "+all+" "+all).Attr("role", "img").Attr("aria-label", text.T("teach.qr")).Attr("shape-rendering", "crispEdges").Body(
		svg("rect").Attr("x", from).Attr("y", from).Attr("width", all).Attr("height", all).Attr("fill", "#fff"),
		svg("path").Attr("d", code.Path).Attr("fill", "#000"))
}
