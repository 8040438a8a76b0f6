package main

func (r Results) markdown() string         { return "" }
func (r Results) chart() string            { return "" }
func updatePage(page, folder string) error { return nil }
