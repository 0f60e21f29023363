// Package view draws a page.Model and carries out the effects that the page asks for. A
// component is a function of what it is given: it decides nothing and remembers nothing
// about the lesson, and answers an event by sending a message. The root component alone
// holds the model. Every word comes from the catalogue of package text, and every text
// becomes a text node or the value of an attribute, never HTML.
package view
