// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import io.theseus.port.Configurations;
import io.theseus.release.Features;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes configurations through the configuration admin; their files follow it, as File Install does it. */
@Component(service = Configurations.class)
public final class FrameworkConfigurations implements Configurations {
    private static final Logger LOG = LoggerFactory.getLogger(FrameworkConfigurations.class);
    private static final String CODE = "configuration";
    /** Whether File Install writes files back. */
    private static final String SAVES = "felix.fileinstall.enableConfigSave";

    private final Framework framework;
    private final ConfigurationLedger ledger;
    private final BroughtFiles files;

    @Activate
    public FrameworkConfigurations(BundleContext context) {
        framework = new Framework(context);
        files = new BroughtFiles(framework);
        ledger = new ConfigurationLedger(BelongingsLedger.folder(framework).resolveSibling("configurations.ser"));
    }

    /** Something that the configuration admin is asked to do. */
    private interface Task<T> {
        T with(ConfigurationAdmin admin) throws IOException;
    }

    @Override
    public List<Problem> problems(String pid, Map<String, Object> properties) {
        List<Problem> problems = new ArrayList<>();
        if (!ConfigurationFile.isFor(pid)) {
            problems.add(Problem.of(CODE, pid, "is no PID").withHint("use A-Z a-z 0-9 . _ - ~"));
        }
        properties.forEach((key, value) -> {
            if (ConfigurationValues.typed(value).isEmpty()) {
                problems.add(Problem.of(CODE, pid, "can not have '" + key + "': " + value)
                        .withHint("a value is a string, a number, a boolean, or a list of one kind of them"));
            }
        });
        try {
            asked(pid, admin -> find(admin, pid).flatMap(found -> ConfigurationFile.of(values(found))))
                    .filter(file -> Files.exists(file) && !saved(file))
                    .ifPresent(file ->
                            problems.add(Problem.of(CODE, pid, "is read from " + file + ", which is not written")
                                    .withHint("make the file writable, and " + SAVES + " true")));
        } catch (RefusedException e) {
            problems.addAll(e.problems());
        }
        return problems;
    }

    private boolean saved(Path file) {
        return Files.isWritable(file)
                && !framework.property(SAVES).orElse("true").equalsIgnoreCase("false");
    }

    @Override
    public void change(String owner, String pid, Map<String, Object> properties, Others others) {
        asked(pid, admin -> {
            Optional<Configuration> found = find(admin, pid);
            Map<String, Object> before =
                    found.map(FrameworkConfigurations::values).orElse(Map.of());
            Map<String, Object> after = others == Others.STAY ? new HashMap<>(before) : new HashMap<>();
            Optional.ofNullable(before.get(ConfigurationFile.NAME))
                    .ifPresent(n -> after.put(ConfigurationFile.NAME, n));
            properties.forEach(
                    (key, value) -> ConfigurationValues.typed(value).ifPresent(typed -> after.put(key, typed)));
            Optional<Path> made = found.isPresent() ? Optional.empty() : inEtc(Features.file(pid));
            String text = ConfigurationFile.text(after);
            made.ifPresent(file -> after.put(ConfigurationFile.NAME, ConfigurationFile.name(file)));
            remember(new ChangedConfiguration(
                    owner, pid, found.isPresent(), ConfigurationFile.content(before), before, after));
            if (made.isPresent()) {
                ConfigurationFile.write(made.get(), text);
            }
            (found.isPresent() ? found.get() : create(admin, pid)).update(FrameworkUtil.asDictionary(after));
            return pid;
        });
    }

    @Override
    public boolean has(String name) {
        FeatureConfiguration configuration = new FeatureConfiguration(name, "");
        return asked(
                        name,
                        admin -> find(admin, configuration.pid()).isPresent()
                                || find(admin, Features.CONFIG_KEY, name).isPresent())
                || Stream.of(Optional.of(name + ".cfg"), configuration.file())
                        .flatMap(file -> inEtc(file).stream())
                        .anyMatch(Files::exists);
    }

    @Override
    public boolean overlooked(String name) {
        // FeatureConfigInstaller.findExistingConfiguration
        return Features.pid(name).contains("~")
                && has(name)
                && !asked(name, admin -> find(admin, Features.CONFIG_KEY, name).isPresent())
                && inEtc(Optional.of(name + ".cfg")).filter(Files::exists).isEmpty();
    }

    @Override
    public void bring(String owner, String name, String properties) {
        FeatureConfiguration brought = new FeatureConfiguration(name, properties);
        asked(name, admin -> {
            Map<String, Object> after = brought.properties();
            Optional<Path> file = inEtc(brought.file());
            file.ifPresent(path -> after.put(ConfigurationFile.NAME, ConfigurationFile.name(path)));
            remember(new ChangedConfiguration(owner, brought.pid(), false, Optional.empty(), Map.of(), after));
            if (file.isPresent()) {
                ConfigurationFile.write(file.get(), brought.content());
            }
            create(admin, brought.pid()).update(FrameworkUtil.asDictionary(after));
            return name;
        });
    }

    @Override
    public boolean hasFile(String place) {
        return files.has(place);
    }

    @Override
    public void bringFile(String owner, String place, Path content) {
        try {
            BroughtFile brought = files.of(owner, place, content);
            remember(brought);
            files.bring(brought, content);
        } catch (IOException e) {
            throw new RefusedException(Problem.of(CODE, place, "can not be brought: " + e));
        }
    }

    private void remember(Changed changed) throws IOException {
        List<Changed> all = new ArrayList<>(ledger.read());
        all.add(changed);
        ledger.write(all);
    }

    @Override
    public void settle() {
        keep(List.of());
    }

    private void keep(List<Changed> changed) {
        try {
            ledger.write(changed);
        } catch (IOException e) {
            throw refused("", e);
        }
    }

    @Override
    public int changes() {
        return changed().size();
    }

    @Override
    public void giveBack(int from) {
        List<Changed> all = changed();
        if (from < all.size()) {
            back(all.subList(from, all.size()));
            keep(all.subList(0, from));
        }
    }

    @Override
    public void recover(String owner) {
        List<Changed> all = new ArrayList<>(changed());
        all.removeIf(each -> each.owner().equals(owner));
        back(all);
        settle();
    }

    /** Last changed, first given back. */
    private void back(List<Changed> changed) {
        List<Changed> all = new ArrayList<>(changed);
        Collections.reverse(all);
        for (Changed each : all) {
            LOG.info("{} changed {}, which is given back", each.owner(), each.what());
            if (each instanceof BroughtFile brought) {
                files.back(brought);
            } else if (each instanceof ChangedConfiguration configuration) {
                asked(configuration.pid(), admin -> {
                    back(admin, configuration);
                    return each;
                });
            }
        }
    }

    private List<Changed> changed() {
        try {
            return ledger.read();
        } catch (IOException e) {
            throw refused("", e);
        }
    }

    private static void back(ConfigurationAdmin admin, ChangedConfiguration changed) throws IOException {
        Optional<Configuration> found = find(admin, changed.pid());
        Map<String, Object> now = found.map(FrameworkConfigurations::values).orElse(Map.of());
        boolean untouched = changed.untouched(now);
        if (!changed.existed() && (found.isEmpty() || untouched)) {
            if (found.isPresent()) {
                found.get().delete();
            }
            // Where the container ended between the two there is the file alone, and File Install would take it in.
            ConfigurationFile.delete(changed.after());
            return;
        }
        if (found.isEmpty()) {
            return;
        }
        Optional<Path> file = ConfigurationFile.of(now);
        // Its comments and its layout too; what is written after it has the same values.
        if (untouched && file.isPresent() && changed.content().isPresent()) {
            ConfigurationFile.write(file.get(), changed.content().get());
        }
        found.get().update(FrameworkUtil.asDictionary(untouched ? changed.before() : changed.restored(now)));
    }

    private Optional<Path> inEtc(Optional<String> file) {
        return framework
                .property("karaf.etc")
                .map(Path::of)
                .filter(Files::isDirectory)
                .flatMap(etc -> file.map(etc::resolve));
    }

    private static Configuration create(ConfigurationAdmin admin, String pid) throws IOException {
        int tilde = pid.indexOf('~');
        return tilde < 0
                ? admin.getConfiguration(pid, ConfigurationLocations.ANYBODY)
                : admin.getFactoryConfiguration(
                        pid.substring(0, tilde), pid.substring(tilde + 1), ConfigurationLocations.ANYBODY);
    }

    private static Optional<Configuration> find(ConfigurationAdmin admin, String pid) throws IOException {
        return find(admin, Constants.SERVICE_PID, pid);
    }

    static Optional<Configuration> find(ConfigurationAdmin admin, String property, String value) throws IOException {
        try {
            Configuration @Nullable [] found =
                    admin.listConfigurations("(" + property + "=" + ConfigurationLocations.escape(value) + ")");
            return found == null || found.length == 0 ? Optional.empty() : Optional.of(found[0]);
        } catch (InvalidSyntaxException e) {
            throw new IOException(e);
        }
    }

    private static Map<String, Object> values(Configuration configuration) {
        Map<String, Object> values = new HashMap<>();
        var properties = configuration.getProperties();
        if (properties != null) {
            Collections.list(properties.keys()).forEach(key -> values.put(key, properties.get(key)));
        }
        values.remove(Constants.SERVICE_PID);
        values.remove(ConfigurationAdmin.SERVICE_FACTORYPID);
        values.remove(ConfigurationAdmin.SERVICE_BUNDLELOCATION);
        return values;
    }

    private <T> T asked(String pid, Task<T> task) {
        return framework
                .ask(ConfigurationAdmin.class, admin -> {
                    try {
                        return task.with(admin);
                    } catch (IOException | IllegalStateException | IllegalArgumentException e) {
                        throw refused(pid, e);
                    }
                })
                .orElseThrow(() -> new RefusedException(
                        Problem.of(CODE, pid, "can not be changed: there is no configuration admin")
                                .withHint("install a ConfigurationAdmin, as org.apache.felix.configadmin")));
    }

    private static RefusedException refused(String pid, Exception e) {
        return new RefusedException(Problem.of(CODE, pid, "can not be changed: " + e.getMessage()));
    }
}
