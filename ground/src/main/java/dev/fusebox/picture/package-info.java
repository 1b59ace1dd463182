/** Picture files as pixels: one reader with size limits for the whole project. */
package dev.fusebox.picture;
