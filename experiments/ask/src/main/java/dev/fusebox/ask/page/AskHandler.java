package dev.fusebox.ask.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.ask.AskedRuns;
import dev.fusebox.ask.Asking;
import dev.fusebox.ask.QuestionIndex;
import dev.fusebox.ask.collect.AskedQuestion;
import dev.fusebox.ask.collect.CollectedQuestions;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.Question;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the page's requests. There are these and no others: no path leads to a file. */
final class AskHandler extends Handler.Abstract {

  private static final Logger LOG = LoggerFactory.getLogger(AskHandler.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> FILES =
      Map.of(
          "/", "text/html; charset=utf-8",
          "/icon.svg", "image/svg+xml",
          "/page.css", "text/css; charset=utf-8",
          "/page.js", "text/javascript; charset=utf-8");

  private static final int OK = 200;
  private static final int BAD = 400;
  private static final int MISSING = 404;
  private static final int TOO_LARGE = 413;
  private static final int FAILED = 500;
  private static final int MOST_TEXT = 256 << 10; // bytes
  private static final int PATIENCE = 10; // seconds without a sign of life

  private final AskedRuns runs;
  private final QuestionIndex questions;
  private final AskQueue queue;
  private final Uploads uploads;
  private final CollectedQuestions collected;
  private final Supplier<Admission> admission;
  private final PageView view;
  private final AskedLog log = new AskedLog();

  AskHandler(
      AskedRuns runs,
      AskQueue queue,
      Uploads uploads,
      CollectedQuestions collected,
      Supplier<Admission> admission)
      throws IOException {
    this.runs = runs;
    this.questions = runs.questions();
    this.queue = queue;
    this.uploads = uploads;
    this.collected = collected;
    this.admission = admission;
    this.view = new PageView(runs);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    SafeHeaders.set(response);
    try {
      answer(request, response);
      callback.succeeded();
    } catch (Refusal e) {
      refuse(response, callback, e.status(), e.getMessage());
    } catch (UserError e) {
      refuse(response, callback, BAD, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      callback.failed(e);
    } catch (IOException | RuntimeException e) {
      if (response.isCommitted()) {
        callback.failed(e); // whoever asked has gone
      } else {
        LOG.error("{} {}", request.getMethod(), Request.getPathInContext(request), e);
        refuse(response, callback, FAILED, "something went wrong; see the program's output");
      }
    }
    return true;
  }

  private static void refuse(Response response, Callback callback, int status, String message) {
    try {
      json(response, status, JSON.createObjectNode().put("error", message));
      callback.succeeded();
    } catch (IOException e) {
      callback.failed(e);
    }
  }

  private void answer(Request request, Response response) throws IOException, InterruptedException {
    Fields query = query(request);
    String path = Request.getPathInContext(request);
    Admission door = admission.get();
    String token = path.equals("/") ? query.getValue("token") : null;
    door.require(request, token);
    if (token != null) {
      welcome(response, door);
      return;
    }
    if (request.getMethod().equals("POST")) {
      post(path, request, response);
    } else if (FILES.containsKey(path)) {
      send(response, OK, FILES.get(path), file(path));
    } else {
      get(path, query, response);
    }
  }

  /** A query that cannot be read is none of the page's. */
  private static Fields query(Request request) {
    try {
      return Request.extractQueryParameters(request);
    } catch (RuntimeException e) {
      throw new Refusal(BAD, "the address is malformed", e);
    }
  }

  /** From the address with the secret to the one without: it stays out of the browser's history. */
  private static void welcome(Response response, Admission door) {
    response
        .getHeaders()
        .put(
            HttpHeader.SET_COOKIE,
            door.cookie() + "=" + door.token() + "; HttpOnly; SameSite=Strict; Path=/");
    response.getHeaders().put(HttpHeader.LOCATION, "/");
    response.setStatus(303);
  }

  private void get(String path, Fields query, Response response) throws IOException {
    switch (path) {
      case "/api/state" -> json(response, OK, view.state(collected.folder()));
      case "/api/questions" ->
          json(response, OK, view.listed(value(query, "split"), value(query, "words")));
      case "/api/question" -> json(response, OK, view.question(value(query, "id")));
      case "/picture" -> send(response, OK, "image/png", PngPicture.of(picture(query)));
      default -> throw new Refusal(MISSING, "not found");
    }
  }

  private void post(String path, Request request, Response response)
      throws IOException, InterruptedException {
    switch (path) {
      case "/api/upload" -> {
        String name = uploads.add(body(request, "application/octet-stream", Uploads.MOST_BYTES));
        json(response, OK, JSON.createObjectNode().put("upload", name));
      }
      case "/api/ask" -> ask(body(request, "application/json", MOST_TEXT), response);
      case "/api/fooled" -> keep(body(request, "application/json", MOST_TEXT), response);
      default -> throw new Refusal(MISSING, "not found");
    }
  }

  private static byte[] body(Request request, String type, int most) throws IOException {
    String given = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    if (!type.equals(given)) {
      throw new Refusal(415, "the content must be " + type);
    }
    if (request.getLength() > most) {
      throw new Refusal(TOO_LARGE, "at most " + most + " bytes are accepted");
    }
    try (InputStream stream = Content.Source.asInputStream(request)) {
      byte[] bytes = stream.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new Refusal(TOO_LARGE, "at most " + most + " bytes are accepted");
      }
      return bytes;
    }
  }

  private static byte[] file(String path) throws IOException {
    String name = path.equals("/") ? "page.html" : path.substring(1);
    try (InputStream stream = AskHandler.class.getResourceAsStream(name)) {
      return stream.readAllBytes();
    }
  }

  private static String value(Fields query, String name) {
    String value = query.getValue(name);
    return value == null ? "" : value;
  }

  private Path picture(Fields query) {
    String upload = value(query, "upload");
    return upload.isEmpty() ? view.picture(value(query, "question")) : uploads.file(upload);
  }

  /** A line of JSON for everything that happens, as it happens; an empty one is a sign of life. */
  private void ask(byte[] body, Response response) throws IOException, InterruptedException {
    AskRequest request = AskRequest.of(body);
    Asking asking = request.asking(questions, uploads);
    Optional<Question> origin = request.origin(questions);
    String key = log.key();
    AskQueue.Job job =
        queue.ask(
            request.among(runs.runs()),
            asking,
            answers -> log.remember(key, new AskedQuestion(origin, asking, answers)));
    response.setStatus(OK);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-ndjson");
    try (OutputStream out = Content.Sink.asOutputStream(response)) {
      say(out, JSON.createObjectNode().put("asked", key).toString());
      for (AskQueue.Event event = job.next(PATIENCE); !event.last(); event = job.next(PATIENCE)) {
        say(out, event.line());
      }
      say(out, log.end(key).toString());
    } finally {
      job.cancel();
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** The page says which question it means, and nothing of it: what was answered is known here. */
  private record Fooled(String asked) {}

  private void keep(byte[] body, Response response) throws IOException {
    AskedQuestion question = log.asked(AskRequest.read(body, Fooled.class).asked());
    String id = collected.add(question, view.pictureOf(question));
    json(
        response,
        OK,
        JSON.createObjectNode().put("id", id).put("folder", collected.folder().toString()));
  }

  private static void json(Response response, int status, JsonNode node) throws IOException {
    send(response, status, "application/json", JSON.writeValueAsBytes(node));
  }

  private static void send(Response response, int status, String type, byte[] bytes)
      throws IOException {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    try (OutputStream out = Content.Sink.asOutputStream(response)) {
      out.write(bytes);
    }
  }
}
