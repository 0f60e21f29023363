package server

import "html"

// details returns what an account page shows of user, as HTML: of the two customers
// of the shop all of it, of an account that was opened since its name.
func details(user string) string {
	switch user {
	case "alice":
		return `<dl><dt>Name</dt><dd>Alice Moreau</dd><dt>Address</dt><dd>12 Mill Lane, Bristol</dd>` +
			`<dt>Order</dt><dd>1042, Kettle, €24</dd><dt>Card</dt><dd>•••• 4242</dd></dl>`
	case "mallory":
		return `<dl><dt>Name</dt><dd>Mallory Quill</dd><dt>Address</dt><dd>3 Foundry Row, Leeds</dd>` +
			`<dt>Order</dt><dd>1043, Kettle, €24</dd><dt>Card</dt><dd>•••• 9017</dd></dl>`
	}
	return "<dl><dt>Name</dt><dd>" + html.EscapeString(user) + "</dd></dl>"
}
