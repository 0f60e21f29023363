package page

import "strconv"

// MenuLeft closes the list that is open in Play or in the bar, as the focus has left it.
type MenuLeft struct{}

func (MenuLeft) hand(m Model) Model { m.Hand.Menu, m.View.Menu = "", false; return m }

// JarOf returns the id of a browser's cookies. The focus goes to them, and to no button of
// theirs: the key that closed the form would press it.
func JarOf(browser string) string { return "cookies-" + browser }

// ShownPage is the id of the page that a browser shows.
func ShownPage(browser string) string { return "page-" + browser }

// CookieButton is the id of a button of a browser's cookie, by the cookie's index.
func CookieButton(name, browser string, at int) string {
	return name + "-" + browser + "-" + strconv.Itoa(at)
}

// turns returns the browser of which msg is to bring another page, "" for none.
func turns(msg Msg) string {
	switch msg := msg.(type) {
	case Click:
		return msg.Browser
	case Submit:
		return msg.Browser
	case Push:
		return msg.Browser
	case Do:
		if msg.Line == "back" {
			return msg.Browser
		}
	}
	return ""
}

// menuOpeners are the buttons of the lists in Play.
var menuOpeners = map[string]string{HabitMenu: "habits", ScriptMenu: "script-more"}

// handFocus says where the focus goes as a list or a cookie's form opens or closes, or what
// had it is gone; "" is nowhere.
func (m Model) handFocus(was Model, msg Msg) string {
	if m.Page != "" || was.Page != "" {
		return ""
	}
	if at := turns(msg); at != "" && m.Trace != was.Trace { // what had the focus was of the page before
		return ShownPage(at)
	}
	switch msg := msg.(type) {
	case TakeOver:
		return headingID
	case OpenGoal, Restart:
		return goalID
	case Follow:
		if m.ByHand() != was.ByHand() {
			return headingID
		}
	case SaveCookie:
		if wrong := m.Hand.Cookie.Wrong; wrong != "" {
			return "cookie-" + wrong
		}
	case CopyCookie:
		return CookieButton("copy", msg.Browser, msg.Index)
	case MenuLeft:
		return ""
	case EditCookie:
		if msg.Index < 0 {
			return "cookie-name"
		}
		return "cookie-value"
	case ClearCookie:
		return JarOf(msg.Browser)
	}
	switch {
	case was.Hand.Cookie.Browser != "" && m.Hand.Cookie.Browser == "":
		return JarOf(was.Hand.Cookie.Browser)
	case was.Hand.Menu != "" && m.Hand.Menu == "":
		return menuOpeners[was.Hand.Menu]
	}
	return ""
}
