package dev.fusebox.ask.page;

import dev.fusebox.ask.AskedRuns;
import dev.fusebox.ask.collect.CollectedQuestions;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.net.BindException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A web server with one page, on which trained runs are asked. */
public final class AskPage implements AutoCloseable {

  private static final int THREADS = 24;
  private static final int CONNECTIONS = 64;
  private static final int HEADER = 8 << 10; // bytes
  private static final int IDLE = 60_000; // milliseconds without a byte
  private static final int SECRET = 24; // bytes

  private final Server server;
  private final ServerConnector connector;
  private final AskQueue queue;
  private final Uploads uploads;
  private final String host;
  private final String token;

  private AskPage(AskedRuns runs, String host, int port, Path collected) throws IOException {
    this.host = host;
    this.token = secret();
    this.queue = new AskQueue(runs);
    this.uploads = new Uploads();
    this.server = new Server(new QueuedThreadPool(THREADS, 4));
    this.connector = connector(server, host, port);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(CONNECTIONS, server));
    server.setErrorHandler(
        (request, response, callback) -> { // what Jetty itself refuses, without its page
          byte[] text = (response.getStatus() + "\n").getBytes(StandardCharsets.US_ASCII);
          SafeHeaders.set(response);
          response.getHeaders().put("Content-Type", "text/plain");
          Content.Sink.write(response, true, ByteBuffer.wrap(text));
          callback.succeeded();
          return true;
        });
    server.setHandler(
        new AskHandler(
            runs,
            queue,
            uploads,
            new CollectedQuestions(collected),
            () -> new Admission(names(), token, "fusebox-" + connector.getLocalPort())));
  }

  /**
   * Starts a server.
   *
   * @param runs that can be asked; they stay the caller's to close, after the page
   * @param host the address it listens at, such as 127.0.0.1
   * @param port 0 for a free one
   * @param collected where questions go that fooled a run
   * @throws UserError if it cannot listen there
   */
  public static AskPage start(AskedRuns runs, String host, int port, Path collected)
      throws IOException {
    AskPage page = new AskPage(runs, host, port, collected);
    try {
      page.server.start();
      return page;
    } catch (Exception e) {
      page.close();
      if (e instanceof BindException || e.getCause() instanceof BindException) {
        throw new UserError(
            "%s:%d is in use, or not an address of this machine; --port 0 picks a free port"
                .formatted(host, port),
            e);
      }
      throw new IOException("the server did not start: " + e.getMessage(), e);
    }
  }

  private static ServerConnector connector(Server server, String host, int port) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HEADER);
    http.setUriCompliance(UriCompliance.DEFAULT);
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE);
    return connector;
  }

  private static String secret() {
    byte[] bytes = new byte[SECRET];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The names by which a browser may call this server. */
  private Set<String> names() {
    return ServedNames.of(host).stream().map(this::authority).collect(Collectors.toSet());
  }

  /** Whether nobody but this machine reaches an address. */
  public static boolean isLoopback(String host) {
    return ServedNames.address(host).isLoopbackAddress();
  }

  private String authority(String name) {
    return (name.contains(":") ? "[" + name + "]" : name) + ":" + connector.getLocalPort();
  }

  /** The address to open, with its secret. */
  public String address() {
    return "http://" + authority(ServedNames.shown(host)) + "/?token=" + token;
  }

  /** Waits until the server is stopped. */
  public void join() throws InterruptedException {
    server.join();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) { // it ends all the same
      throw new IllegalStateException("the server did not stop", e);
    } finally {
      queue.close();
      uploads.close();
    }
  }
}
