package dev.fusebox.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Compares a script with its face, the Java class that knows its functions by name: calls every
 * method of the face with stand-ins, and holds each call that comes of it to the signature in the
 * script. Names, number, types and, as far as Java's names tell it, order of the arguments must
 * agree, and no function may be there for nobody.
 *
 * <p>An argument agrees if the script calls it by its Java name or, of a record's component, by its
 * own or its whole path: {@code norm} or {@code attention_norm} for {@code attention.norm()}. What
 * the script calls {@code x} may be called anything.
 */
public final class ScriptFace {

  private static final String ENGINE_CLASS = "__torch__.torch.classes.";

  private final Map<String, ScriptSignature> functions;
  private final Map<Class<?>, Function<NDArray, Object>> others = new HashMap<>();
  private final Set<String> called = new HashSet<>();
  private final List<String> problems = new ArrayList<>();

  private ScriptFace(String text) {
    functions = ScriptSignature.of(text);
  }

  /** Of the script in {@code sources}. */
  public static ScriptFace of(ScriptSource... sources) {
    return new ScriptFace(ScriptSource.joined(sources));
  }

  static ScriptFace ofText(String text) {
    return new ScriptFace(text);
  }

  /** How an interface is stood in for, by what holds one array. */
  public <T> ScriptFace standIn(Class<T> type, Function<NDArray, T> ofArray) {
    others.put(type, ofArray::apply);
    return this;
  }

  /** Functions that are there for other scripts. */
  public ScriptFace forOthers(String... names) {
    called.addAll(Arrays.asList(names));
    return this;
  }

  /** Functions that another script calls through {@code self}. */
  public ScriptFace forScript(ScriptSource other) {
    ScriptSignature.of(other.text()).values().forEach(this::follow);
    return this;
  }

  /**
   * Compares.
   *
   * @param face makes the face of a script
   * @throws AssertionError naming each difference
   */
  public void check(Function<TorchScript, Object> face) {
    try (NDManager manager = NDManager.newBaseManager()) {
      for (boolean present : new boolean[] {true, false}) {
        StandIns standIns = new StandIns(manager, others, present);
        Object made = face.apply(new Recorder(manager, standIns));
        Arrays.stream(made.getClass().getDeclaredMethods())
            .filter(ScriptFace::isCall)
            .sorted(Comparator.comparing(Method::getName))
            .forEach(method -> invoke(made, method, standIns));
      }
    }
    functions.values().forEach(this::follow);
    functions.keySet().stream()
        .filter(name -> !called.contains(name))
        .forEach(name -> problems.add(name + ": neither the face nor a function calls it"));
    if (!problems.isEmpty()) {
      throw new AssertionError(String.join("\n", problems.stream().distinct().toList()));
    }
  }

  private void follow(ScriptSignature function) {
    functions.keySet().stream()
        .filter(name -> !name.equals(function.name()) && function.calls(name))
        .forEach(called::add);
  }

  private static boolean isCall(Method method) {
    return !Modifier.isStatic(method.getModifiers())
        && !Modifier.isPrivate(method.getModifiers())
        && !method.isSynthetic()
        && !method.getName().equals("close")
        && Arrays.stream(method.getParameterTypes())
            .noneMatch(type -> type == ScriptSource.class || type == ScriptSource[].class);
  }

  private void invoke(Object face, Method method, StandIns standIns) {
    try {
      method.setAccessible(true);
      Parameter[] parameters = method.getParameters();
      Object[] arguments = new Object[parameters.length];
      for (int i = 0; i < arguments.length; i++) {
        if (!parameters[i].isNamePresent()) {
          throw new AssertionError(
              "a face must be compiled with -parameters: what its arguments are called is compared");
        }
        arguments[i] = standIns.of(parameters[i].getParameterizedType(), parameters[i].getName());
      }
      method.invoke(face, arguments);
    } catch (InvocationTargetException e) {
      throw new AssertionError(method + " fails on stand-ins", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(method.toString(), e);
    }
  }

  /** Answers with numbers, whatever it is asked. */
  private final class Recorder implements TorchScript {

    private final NDManager manager;
    private final StandIns standIns;

    private Recorder(NDManager manager, StandIns standIns) {
      this.manager = manager;
      this.standIns = standIns;
    }

    @Override
    public NDArray call(String function, Object... arguments) {
      compare(function, "Tensor", List.of(arguments));
      return manager.create(new float[] {0});
    }

    @Override
    public NDArray segment(String function, Object... arguments) {
      return call(function, arguments);
    }

    @Override
    public NDList callForList(String function, Object... arguments) {
      compare(function, "List[Tensor]", List.of(arguments));
      NDList results = new NDList();
      for (int i = 0; i < 10; i++) {
        results.add(manager.create(new float[] {0}));
      }
      return results;
    }

    @Override
    public ScriptObject callForObject(String function, Object... arguments) {
      compare(function, ScriptFace.returns(functions.get(function)), List.of(arguments));
      return new ScriptObject(null);
    }

    private void compare(String function, String returns, List<Object> arguments) {
      called.add(function);
      ScriptSignature signature = functions.get(function);
      if (signature == null) {
        problems.add(function + ": the script has no such function");
        return;
      }
      if (!signature.returns().equals(returns)) {
        problems.add(function + " returns " + signature.returns() + ", the face wants " + returns);
      }
      if (signature.parameters().size() != arguments.size()) {
        problems.add(
            function
                + " takes "
                + signature.parameters().keySet()
                + ", the face gives "
                + arguments.size()
                + " arguments");
        return;
      }
      Iterator<Object> given = arguments.iterator();
      signature.parameters().forEach((name, type) -> compare(signature, name, type, given.next()));
    }

    private void compare(ScriptSignature function, String name, String type, Object argument) {
      String what = function.name() + ", " + name;
      if (!fits(type, argument)) {
        problems.add(
            what + " is " + type + ", the face gives " + argument.getClass().getSimpleName());
      } else if (argument instanceof ScriptTuple tuple) {
        compareTuple(function, name, tuple);
      } else if (argument instanceof Optional<?> optional
          && optional.isPresent()
          && optional.get() instanceof ScriptTuple tuple) {
        compareTuple(function, name, tuple);
      } else {
        compareName(what, name, argument);
      }
    }

    private void compareTuple(ScriptSignature function, String name, ScriptTuple tuple) {
      List<String> unpacked = function.unpacked(name);
      for (int i = 0; i < unpacked.size(); i++) {
        compareName(
            function.name() + ", " + name + ", " + unpacked.get(i),
            unpacked.get(i),
            tuple.values().get(i));
      }
    }

    private void compareName(String what, String name, Object argument) {
      standIns
          .path(argument)
          .filter(path -> !name.equals("x") && !endings(path).contains(name))
          .ifPresent(path -> problems.add(what + ": the face gives its " + path));
    }
  }

  /** In the script's spelling: of {@code a.b.cD} these are c_d, b_c_d and a_b_c_d. */
  private static List<String> endings(String path) {
    String[] parts =
        path.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT).split("\\.");
    List<String> endings = new ArrayList<>();
    for (int from = 0; from < parts.length; from++) {
      endings.add(String.join("_", Arrays.copyOfRange(parts, from, parts.length)));
    }
    return endings;
  }

  private static boolean fits(String type, Object argument) {
    String list = ScriptSignature.inside(type, "List");
    String optional = ScriptSignature.inside(type, "Optional");
    String tuple = ScriptSignature.inside(type, "Tuple");
    if (type.equals("List[int]")) {
      return argument instanceof long[];
    }
    if (list != null) {
      return argument instanceof List<?> values
          && values.stream().allMatch(value -> fits(list, value));
    }
    if (optional != null) {
      return argument instanceof Optional<?> value
          && value.stream().allMatch(v -> fits(optional, v));
    }
    if (tuple != null) {
      return argument instanceof ScriptTuple values
          && fitsEach(ScriptSignature.split(tuple), values.values());
    }
    return switch (type) {
      case "Tensor" -> argument instanceof NDArray;
      case "int" -> argument instanceof Integer || argument instanceof Long;
      case "float" -> argument instanceof Double;
      case "bool" -> argument instanceof Boolean;
      default -> type.startsWith(ENGINE_CLASS) && argument instanceof ScriptObject;
    };
  }

  /** Of a function that returns an object of the engine's own. */
  private static String returns(ScriptSignature function) {
    return function != null && function.returns().startsWith(ENGINE_CLASS)
        ? function.returns()
        : ENGINE_CLASS + "…";
  }

  private static boolean fitsEach(List<String> types, List<?> values) {
    boolean fit = types.size() == values.size();
    for (int i = 0; fit && i < types.size(); i++) {
      fit = fits(types.get(i), values.get(i));
    }
    return fit;
  }
}
