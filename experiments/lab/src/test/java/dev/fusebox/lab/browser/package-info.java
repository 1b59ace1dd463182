/** A real browser for the tests of pages. */
package dev.fusebox.lab.browser;
