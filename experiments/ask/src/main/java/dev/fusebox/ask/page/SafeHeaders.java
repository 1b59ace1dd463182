package dev.fusebox.ask.page;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Response;

/** What every response says, whatever it holds. */
final class SafeHeaders {

  /**
   * Nothing from elsewhere, nothing inside of texts: scripts and styles are this server's files.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
          + " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

  private SafeHeaders() {}

  static void set(Response response) {
    HttpFields.Mutable headers = response.getHeaders();
    headers.put("Content-Security-Policy", POLICY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "DENY");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cache-Control", "no-store");
  }
}
