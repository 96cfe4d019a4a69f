// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.theseus.release.ReleaseHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.action.command.ManagerImpl;
import org.apache.karaf.shell.impl.console.RegistryImpl;
import org.apache.karaf.shell.impl.console.SessionFactoryImpl;
import org.apache.karaf.shell.support.ShellUtil;

/** Karaf's own shell with our commands, without a terminal, as a command over ssh has it: what is not flushed is not seen. */
final class Console implements AutoCloseable {
    private final ThreadIOImpl io = new ThreadIOImpl();
    private final SessionFactoryImpl factory;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream() {
        @Override
        public synchronized void flush() throws IOException {
            writeTo(bytes);
            reset();
        }
    };
    private final PrintStream console;
    private final Session session;
    private final RegistryImpl services;

    Console(ReleaseHandler handler) {
        io.start();
        factory = new SessionFactoryImpl(io);
        services = new RegistryImpl(factory);
        services.register(handler);
        ManagerImpl manager = new ManagerImpl(services, factory);
        commands().forEach(manager::register);
        console = new PrintStream(shown, false, StandardCharsets.UTF_8);
        session = factory.create(new ByteArrayInputStream(new byte[0]), console, console);
    }

    void register(Object service) {
        services.register(service);
    }

    static List<Class<?>> commands() {
        return new ClassFileImporter()
                .importPackages("io.theseus.shell.internal").stream()
                        .filter(c -> c.isAnnotatedWith(Command.class))
                        .<Class<?>>map(JavaClass::reflect)
                        .toList();
    }

    String run(String line) throws Exception {
        bytes.reset();
        session.execute(line);
        return printed();
    }

    /** What the line printed and what Karaf prints for its failure. */
    String fail(String line) {
        try {
            run(line);
        } catch (Exception failure) {
            ShellUtil.logException(session, failure);
            return printed();
        }
        throw new AssertionError(line + " did not fail but printed:\n" + printed());
    }

    String variable(String name) {
        return String.valueOf(session.get(name));
    }

    private String printed() {
        console.flush();
        return seen();
    }

    /** What somebody at the other end sees by now. */
    String seen() {
        return bytes.toString(StandardCharsets.UTF_8).replaceAll(" +(?=\n)", "");
    }

    @Override
    public void close() {
        session.close();
        factory.stop();
        io.stop();
    }
}
