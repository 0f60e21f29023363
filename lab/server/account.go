package server

import "html"

// details returns what an account page shows of user, as HTML: of the two customers
// of the shop all of it, of an account that was opened since its name.
func details(user string) string {
	switch user {
	case "alice":
		return customer("Alice Moreau", "12 Mill Lane, Bristol", "1042, Kettle, €24", "•••• 4242")
	case "mallory":
		return customer("Mallory Quill", "3 Foundry Row, Leeds", "1043, Kettle, €24", "•••• 9017")
	}
	return "<dl><dt>Name</dt><dd>" + html.EscapeString(user) + "</dd></dl>"
}

// customer returns the details of somebody who has bought something.
func customer(name, address, order, card string) string {
	return "<dl><dt>Name</dt><dd>" + name + "</dd><dt>Address</dt><dd>" + address +
		"</dd><dt>Order</dt><dd>" + order + "</dd><dt>Card</dt><dd>" + card + "</dd></dl>"
}
