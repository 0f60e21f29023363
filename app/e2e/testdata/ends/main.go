// Command ends is a page that fails before it shows anything.
package main

func main() { panic("as it should") }
