package dev.fusebox.lab.grid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.lab.lease.Holder;
import dev.fusebox.training.task.StageProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@code fusebox stage --json} writes while it works, an object per line: {@code begun},
 * {@code at}, {@code say} and {@code measured} as {@link StageProgress} has them, and last {@code
 * ended}.
 */
public final class StageEvents {

  private static final Duration BETWEEN = Duration.ofMillis(500);
  private static final String EVENT = "event";
  private static final String FIGURES = "figures";

  private final PrintWriter out;

  /** Events on their way to whoever reads {@code out}. */
  public StageEvents(PrintWriter out) {
    this.out = out;
  }

  private static ObjectNode event(String name) {
    return JsonNodeFactory.instance.objectNode().put(EVENT, name);
  }

  private synchronized void write(ObjectNode event) {
    out.println(event);
    out.flush();
  }

  /** The work begins; what is returned passes on and is asked whether to stop. */
  public StageProgress begun(StageProgress shown) {
    write(event("begun").put("host", Holder.thisHost()).put("pid", ProcessHandle.current().pid()));
    return new Telling(shown);
  }

  /** The last line. */
  public void ended(StageEnding ending) {
    write(event("ended").setAll(ending.json()));
  }

  private final class Telling implements StageProgress {

    private final StageProgress shown;
    private Instant last = Instant.EPOCH;

    Telling(StageProgress shown) {
      this.shown = shown;
    }

    @Override
    public void at(long done, long total) {
      shown.at(done, total);
      if (done == total || Duration.between(last, Instant.now()).compareTo(BETWEEN) > 0) {
        last = Instant.now();
        write(event("at").put("done", done).put("total", total));
      }
    }

    @Override
    public void say(String figures) {
      shown.say(figures);
      write(event("say").put(FIGURES, figures));
    }

    @Override
    public void measured(long step, Map<String, Double> figures) {
      shown.measured(step, figures);
      ObjectNode event = event("measured").put("step", step);
      ObjectNode values = event.putObject(FIGURES);
      figures.forEach(values::put);
      write(event);
    }

    @Override
    public boolean cancelled() {
      return shown.cancelled();
    }
  }

  /** Whether the work begins with this line. */
  public static boolean isBegun(JsonNode event) {
    return event.path(EVENT).asText().equals("begun");
  }

  /** Whether the work has ended with this line. */
  public static boolean isEnded(JsonNode event) {
    return event.path(EVENT).asText().equals("ended");
  }

  /** Tells a listener of this program what a line of another says. */
  public static void tell(JsonNode event, String host, StageProgress listener) {
    switch (event.path(EVENT).asText()) {
      case "at" -> listener.at(event.path("done").asLong(), event.path("total").asLong());
      case "say" -> listener.say(host + "  " + event.path(FIGURES).asText());
      case "measured" -> listener.measured(event.path("step").asLong(), figures(event));
      default -> {} // of a later version
    }
  }

  private static Map<String, Double> figures(JsonNode event) {
    Map<String, Double> figures = new LinkedHashMap<>();
    event.path(FIGURES).properties().forEach(e -> figures.put(e.getKey(), e.getValue().asDouble()));
    return figures;
  }
}
