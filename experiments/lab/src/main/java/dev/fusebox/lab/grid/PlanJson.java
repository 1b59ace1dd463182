package dev.fusebox.lab.grid;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.lab.ablation.AblationPlan;
import dev.fusebox.lab.ablation.Estimates;
import dev.fusebox.lab.ablation.PlannedRun;
import dev.fusebox.lab.ablation.ResultsRoot;
import dev.fusebox.lab.lease.Holder;
import dev.fusebox.lab.store.StageFolder;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.training.model.Devices;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.work.StageKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** A plan as JSON, which {@code docs/cluster.md} describes. */
public final class PlanJson {

  /** The version of its layout; a field may be added under it, none goes or changes its meaning. */
  public static final int SCHEMA = 1;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final AblationPlan plan;
  private final StageStore store;
  private final Devices device;
  private final Set<String> there;
  private final Estimates estimates;

  private PlanJson(AblationPlan plan, StageStore store, Devices device) throws IOException {
    this.plan = plan;
    this.store = store;
    this.device = device;
    this.there = store.known();
    this.estimates = Estimates.from(store);
  }

  /**
   * The plan.
   *
   * @param arguments of {@code fusebox stage}, its key left out, that make the same plan again
   * @param device where tensors are computed
   */
  public static ObjectNode of(
      AblationPlan plan, StageStore store, ResultsRoot root, List<String> arguments, Devices device)
      throws IOException {
    ObjectNode node = JSON.objectNode();
    node.put("schema", SCHEMA);
    node.put("experiment", plan.experiment().name());
    node.put("plannedBy", Planner.here().text());
    node.put("results", root.path().toAbsolutePath().normalize().toString());
    node.set("arguments", texts(arguments));
    PlanJson json = new PlanJson(plan, store, device);
    node.set("stages", json.stages());
    node.set("runs", json.runs());
    return node;
  }

  private static ArrayNode texts(List<String> all) {
    ArrayNode array = JSON.arrayNode();
    all.forEach(array::add);
    return array;
  }

  private ArrayNode stages() throws IOException {
    ArrayNode array = JSON.arrayNode();
    for (Map.Entry<Stage, List<PlannedRun>> each : plan.users().entrySet()) {
      array.add(stage(each.getKey(), each.getValue()));
    }
    return array;
  }

  private ObjectNode stage(Stage stage, List<PlannedRun> users) throws IOException {
    ObjectNode node = JSON.objectNode();
    node.put("key", stage.name());
    node.put("title", stage.title());
    node.put("kind", stage.kind().word());
    node.set("inputs", texts(stage.inputs().stream().map(Stage::name).toList()));
    node.set("runs", texts(users.stream().map(PlannedRun::folder).toList()));
    state(node, stage);
    OptionalDouble seconds = estimates.seconds(stage);
    if (seconds.isPresent()) {
      node.put("estimatedSeconds", seconds.getAsDouble());
    } else {
      node.putNull("estimatedSeconds");
    }
    node.putObject("resources").put("cpus", 1).put("device", device(stage));
    return node;
  }

  private void state(ObjectNode node, Stage stage) throws IOException {
    if (!there.contains(stage.name())) {
      node.put("state", "to do");
      return;
    }
    Optional<StageFolder> folder = store.find(stage.name());
    Optional<Holder> holder = store.holder(stage.name());
    if (folder.isPresent() && store.damage(stage.name()).isEmpty()) {
      node.put("state", "done");
      node.put("bytes", folder.get().bytes());
    } else if (holder.isPresent()) {
      node.put("state", "under way");
      node.put("by", holder.get().inWords());
    } else {
      node.put("state", store.begun(stage.name()) ? "begun" : "to do");
    }
  }

  /** Data are drawn without tensors. */
  private String device(Stage stage) {
    return stage.kind() == StageKind.DATA ? "cpu" : device.toString();
  }

  private ArrayNode runs() {
    ArrayNode array = JSON.arrayNode();
    for (PlannedRun run : plan.runs()) {
      ObjectNode node = array.addObject();
      node.put("name", run.folder());
      node.put("variant", run.variant().name());
      node.put("seed", run.repeat().seed());
      if (run.repeat().isDrawn()) {
        node.put("draw", run.repeat().draw());
      }
      node.set("stages", texts(run.plan().stages().stream().map(Stage::name).toList()));
      node.put("answer", run.plan().answer().name());
    }
    return array;
  }
}
