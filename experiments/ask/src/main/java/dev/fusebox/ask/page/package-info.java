/**
 * The page that {@code fusebox serve} shows: {@link dev.fusebox.ask.page.AskPage} is the server,
 * {@link dev.fusebox.ask.page.Admission} decides who may ask. Nobody but whoever has the address
 * that was printed; no other site's pages; nothing but the page, the data's questions and pictures,
 * and answers.
 */
package dev.fusebox.ask.page;
