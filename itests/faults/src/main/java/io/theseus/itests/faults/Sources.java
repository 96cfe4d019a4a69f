// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests.faults;

/**
 * The classes of the bank's applications: {@code %1$s} is the package, {@code %2$s} the version. Wherever a fault may be wanted they
 * ask what stands under {@code theseus.faults} in the system properties, if anything does.
 */
final class Sources {
    private static final String PLUGGED = """
              private static final String ME = "%1$s %2$s ";
              @SuppressWarnings("unchecked")
              private static void at(String what, Runnable action) {
                Object plug = System.getProperties().get("theseus.faults");
                if (plug == null) { action.run(); }
                else { ((java.util.function.BiConsumer<String, Runnable>) plug).accept(ME + what, action); }
              }
            """;

    static final String STATEFUL = """
            package %1$s;
            import io.theseus.api.*;
            import java.io.*;
            import java.nio.file.*;
            import java.util.*;
            import java.util.function.Function;
            import org.osgi.framework.BundleContext;
            public class Book implements Function<String, String>, CodeChange<Map<String, Long>> {
            """ + PLUGGED + """
              private Map<String, Long> posted = new TreeMap<>();
              private boolean handed;
              private boolean running;
              private Path file;
              void activate(BundleContext context) {
                at("activate", () -> file = context.getDataFile("posted").toPath());
              }
              public synchronized String apply(String who) {
                if (!running) { throw new IllegalStateException(ME + "is suspended and was called"); }
                try {
                  if (who.equals("?")) { return posted + " " + (posted.equals(read()) ? "written" : "written " + read()); }
                  Files.writeString(file, who + "\\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                } catch (IOException e) { throw new UncheckedIOException(e); }
                posted.merge(who, 1L, Long::sum);
                return "%2$s";
              }
              public synchronized Map<String, Long> suspend() {
                at("suspend", () -> running = false);
                return posted;
              }
              public synchronized void codeChange(Map<String, Long> state, Change change) {
                at("codeChange", () -> { posted = new TreeMap<>(state); handed = true; });
              }
              public synchronized void resume() {
                at("resume", () -> {
                  if (!handed && posted.isEmpty()) { posted = read(); }
                  running = true;
                });
              }
              private Map<String, Long> read() {
                Map<String, Long> counted = new TreeMap<>();
                try {
                  if (Files.exists(file)) { Files.readAllLines(file).forEach(who -> counted.merge(who, 1L, Long::sum)); }
                } catch (IOException e) { throw new UncheckedIOException(e); }
                return counted;
              }
            }
            """;

    static final String PLAIN = """
            package %1$s;
            public class Desk implements java.util.function.Function<String, String> {
            """ + PLUGGED + """
              void activate() { at("activate", () -> {}); }
              void deactivate() {}
              public String apply(String who) { return "%2$s"; }
            }
            """;

    /** There may be one in this JVM, as with a port. */
    static final String SINGULAR = """
            package %1$s;
            public class Desk implements java.util.function.Function<String, String> {
            """ + PLUGGED + """
              void activate() {
                at("activate", () -> {});
                Object other = System.getProperties().putIfAbsent("%1$s", "%2$s");
                if (other != null) { throw new IllegalStateException(ME + "meets " + other); }
              }
              void deactivate() { System.getProperties().remove("%1$s"); }
              public String apply(String who) { return "%2$s"; }
            }
            """;

    static final String FRONT = """
            package %1$s;
            import java.util.*;
            import java.util.function.Function;
            import java.util.stream.Collectors;
            public class Desk implements Function<String, String> {
            """ + PLUGGED + """
              private final Map<String, Function<String, String>> partners = new TreeMap<>();
              void bind(Function<String, String> partner, Map<String, Object> properties) {
                partners.put((String) properties.get("app"), partner);
              }
              void activate() { at("activate", () -> {}); }
              public String apply(String who) {
                if (who.equals("?")) {
                  return partners.entrySet().stream()
                      .map(each -> each.getKey() + " " + each.getValue().apply(who)).collect(Collectors.joining("\\n"));
                }
                StringBuilder versions = new StringBuilder("%2$s");
                partners.values().forEach(partner -> versions.append(' ').append(partner.apply(who)));
                return versions.toString();
              }
            }
            """;

    /** What was done and not taken back stands in the system properties. */
    static final String STEP = """
            package %1$s;
            import io.theseus.api.*;
            import java.util.*;
            public class Step implements UpgradeAction {
            """ + PLUGGED + """
              public Undo perform(Change change, Map<String, Object> args) {
                String done = "%1$s " + args.get("number");
                String key = "bank.steps";
                Undo[] undo = {Undo.NOTHING};
                boolean well = false;
                try {
                  at("perform " + args.get("number"), () -> {
                    System.getProperties().merge(key, done, (a, b) -> a + "," + b);
                    undo[0] = () -> takeBack(key, done);
                  });
                  well = true;
                } finally {
                  if (!well && undo[0] != Undo.NOTHING) { takeBack(key, done); }
                }
                return undo[0];
              }
              private static void takeBack(String key, String done) {
                System.getProperties().computeIfPresent(key, (k, all) -> {
                  List<String> left = new ArrayList<>(List.of(all.toString().split(",")));
                  left.remove(left.lastIndexOf(done));
                  return left.isEmpty() ? null : String.join(",", left);
                });
              }
            }
            """;

    /**
     * A client in the container: posts all the time and writes down, in the folder {@code theseus.teller}, what was accepted by which
     * version and what failed. Whoever connects to the port that stands in {@code theseus.teller.port} is told what all hold.
     */
    static final String TELLER = """
            package %1$s;
            import java.io.*;
            import java.net.*;
            import java.nio.charset.StandardCharsets;
            import java.nio.file.*;
            import java.util.function.Function;
            public class Desk {
              private volatile Function<String, String> front;
              private volatile boolean ended;
              private ServerSocket socket;
              void bind(Function<String, String> service) { front = service; }
              void activate() throws IOException {
                socket = new ServerSocket(Integer.getInteger("theseus.teller.port"), 5, InetAddress.getLoopbackAddress());
                start("teller1", () -> post("teller1"));
                start("teller2", () -> post("teller2"));
                start("teller-socket", this::answer);
              }
              void deactivate() throws IOException { ended = true; socket.close(); }
              private static void start(String name, Runnable task) {
                Thread thread = new Thread(task, name);
                thread.setDaemon(true);
                thread.start();
              }
              private void post(String who) {
                while (!ended) {
                  try {
                    String[] versions = front.apply(who).split(" ");
                    note(versions[0], who);
                    for (String each : versions) { if (!each.equals(versions[0])) { note("failed", "two releases: " + each); } }
                    Thread.sleep(3);
                  } catch (InterruptedException e) { return; }
                  catch (RuntimeException | Error e) { note("failed", e.toString()); }
                }
              }
              private static synchronized void note(String file, String line) {
                try {
                  Files.writeString(Path.of(System.getProperty("theseus.teller"), file), line + "\\n",
                      StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                } catch (IOException e) { throw new UncheckedIOException(e); }
              }
              private void answer() {
                while (!ended) {
                  try (Socket client = socket.accept()) {
                    String text = front.apply("probe") + "\\n" + front.apply("?");
                    client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
                  } catch (IOException | RuntimeException e) { if (ended) { return; } }
                }
              }
            }
            """;

    private Sources() {}
}
