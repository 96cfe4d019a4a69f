// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet;

import io.theseus.benchmarks.Built;
import io.theseus.benchmarks.fleet.api.Part;
import io.theseus.benchmarks.fleet.desk.Desk;
import io.theseus.itests.KarafProcess;
import io.theseus.itests.made.MadeBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A container for a servlet, whose bundle is made here. Thread safety: for one thread. */
final class Front implements AutoCloseable {
    static final String PATH = "/desk";

    private static final String BUNDLE = "fleet.desk";
    private static final Pattern ID = Pattern.compile("Bundle ID: (\\d+)");

    private final KarafProcess karaf;
    private final Path repository;
    private long bundle;

    private Front(KarafProcess karaf, Path repository) {
        this.karaf = karaf;
        this.repository = repository;
    }

    /** @param theseus whether Theseus is in it */
    static Front start(Path folder, boolean theseus) throws IOException {
        Path repository = Files.createDirectories(folder.resolve("repository"));
        KarafProcess karaf = Built.container(folder.resolve("karaf"), repository);
        try {
            if (!theseus) {
                Built.leaveOutTheseus(karaf.distribution());
            }
            karaf.environment("JAVA_MAX_MEM", "512m");
            karaf.start();
            return new Front(karaf, repository);
        } catch (IOException | RuntimeException e) {
            karaf.close();
            throw e;
        }
    }

    int port() {
        return karaf.ports().http();
    }

    String run(String command) {
        return karaf.run(command);
    }

    /** Writes the servlet's bundle; answers where it is. */
    String bundle(String version, int ranking) throws IOException {
        return write(version, ranking).toUri().toString();
    }

    /** Writes a version of the servlet as a release. */
    Release release(String version) throws IOException {
        return Release.describe(repository, version, Map.of(BUNDLE, version), write(version, 0));
    }

    /** Installs and starts a bundle beside what is there. */
    long install(String location) {
        String text = run("bundle:install -s " + location);
        Matcher id = ID.matcher(text);
        if (!id.find()) {
            throw new IllegalStateException("bundle:install said " + text);
        }
        return Long.parseLong(id.group(1));
    }

    /** The bundle that serves, where there is no Theseus that knows it. */
    long bundle() {
        return bundle;
    }

    void serves(long id) {
        bundle = id;
    }

    private Path write(String version, int ranking) throws IOException {
        String name = Desk.class.getName();
        MadeBundle made = MadeBundle.of(BUNDLE, version)
                .header("Import-Package", "javax.servlet,javax.servlet.http")
                .component(name, "", """

                          <property name="osgi.http.whiteboard.servlet.pattern" value="%s"/>
                          <property name="osgi.http.whiteboard.servlet.name" value="desk"/>
                          <property name="service.ranking" type="Integer" value="%d"/>
                          <service><provide interface="javax.servlet.Servlet"/></service>
                        """.formatted(PATH, ranking));
        for (String each : ClassFiles.of(Desk.class.getPackageName())) {
            made = made.entry(each, WithVersion.of(ClassFiles.read(each), version, Part.class.getName()));
        }
        return Release.put(repository, BUNDLE, version, made.bytes());
    }

    @Override
    public void close() {
        karaf.close();
    }
}
