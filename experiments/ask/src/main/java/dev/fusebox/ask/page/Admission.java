package dev.fusebox.ask.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Who may ask. A request must name this server as its host, so that no name of somebody else's that
 * leads here is taken for it (DNS rebinding); must come from this server's own page, so that no
 * other site's page asks through a visitor's browser; and must bring the token of the address that
 * was printed, so that no other user of the machine asks.
 *
 * @param hosts names that this server has, with its port
 * @param token the secret of this process
 * @param cookie the name under which a browser brings it
 */
record Admission(Set<String> hosts, String token, String cookie) {

  static final int FORBIDDEN = 403;
  private static final int MISDIRECTED = 421;
  private static final int METHOD = 405;

  Admission {
    hosts = Set.copyOf(hosts);
  }

  /**
   * Lets a request pass or not.
   *
   * @param given the token in the address, which the first request brings; else null
   */
  void require(Request request, String given) {
    requireHost(request);
    requireOwnPage(request);
    if (!matches(given) && cookies(request).stream().noneMatch(this::matches)) {
      throw new Refusal(
          FORBIDDEN, "open the address that fusebox serve printed: it ends with a token");
    }
  }

  private void requireHost(Request request) {
    List<String> named = values(request, HttpHeader.HOST);
    if (named.size() != 1 || !hosts.contains(named.get(0))) {
      throw new Refusal(MISDIRECTED, "this server has another name");
    }
  }

  private void requireOwnPage(Request request) {
    String method = request.getMethod();
    if (!method.equals("GET") && !method.equals("POST")) {
      throw new Refusal(METHOD, "only GET and POST are known");
    }
    String site = request.getHeaders().get("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw new Refusal(FORBIDDEN, "another site's page may not ask here");
    }
    List<String> origins = values(request, HttpHeader.ORIGIN);
    boolean own =
        origins.size() == 1 && origins.get(0).equals("http://" + request.getHeaders().get("Host"));
    if (!own && (method.equals("POST") || !origins.isEmpty())) {
      throw new Refusal(FORBIDDEN, "another site's page may not ask here");
    }
  }

  private static List<String> values(Request request, HttpHeader header) {
    return request.getHeaders().getFields(header).stream().map(HttpField::getValue).toList();
  }

  private List<String> cookies(Request request) {
    return Request.getCookies(request).stream()
        .filter(each -> each.getName().equals(cookie))
        .map(HttpCookie::getValue)
        .toList();
  }

  /** In a time that does not tell how much of it is right. */
  private boolean matches(String value) {
    return value != null
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }
}
