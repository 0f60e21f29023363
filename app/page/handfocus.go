package page

// MenuLeft closes the list that is open in Play, as the focus has left it.
type MenuLeft struct{}

func (MenuLeft) hand(m Model) Model { m.Hand.Menu = ""; return m }

// JarOf returns the id of a browser's cookies. The focus goes to them, and to no button of
// theirs: the key that closed the form would press it.
func JarOf(browser string) string { return "cookies-" + browser }

// menuOpeners are the buttons of the lists in Play.
var menuOpeners = map[string]string{HabitMenu: "habits", ScriptMenu: "script-more"}

// handFocus says where the focus goes as a list or a cookie's form opens or closes, or what
// had it is gone; "" is nowhere.
func (m Model) handFocus(was Model, msg Msg) string {
	if m.Page != "" || was.Page != "" {
		return ""
	}
	switch msg := msg.(type) {
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
