/**
 * The page that {@code fusebox serve} shows: {@link dev.fusebox.ask.page.AskPage} is the server,
 * {@link dev.fusebox.ask.page.Admission} decides who may ask. Only requests with the printed token
 * are answered, none from other sites' pages; and nothing is served but the page, the data's
 * questions and pictures, and answers.
 */
package dev.fusebox.ask.page;
