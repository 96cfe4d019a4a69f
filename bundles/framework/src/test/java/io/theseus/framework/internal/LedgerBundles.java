// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import io.theseus.itests.made.MadeBundle;
import java.util.function.Supplier;

/** An application in two versions that tells what configuration it was given, as a {@code Supplier<String>}. */
final class LedgerBundles {
    static final String PID = "ledger.accounts";

    private static final String COMPONENT = """
            package ledger;
            import java.util.Map;
            public class Accounts implements java.util.function.Supplier<String> {
              static int activations;
              static int deactivations;
              private Object currency;
              void activate(Map<String, Object> properties) { activations++; currency = properties.get("currency"); }
              void deactivate() { deactivations++; }
              public String get() { return currency + " +" + activations + " -" + deactivations; }
            }
            """;

    private static final String MANAGED = """
            package ledger;
            import java.util.*;
            import org.osgi.framework.*;
            import org.osgi.service.cm.*;
            public class Managed implements BundleActivator, ManagedService, java.util.function.Supplier<String> {
              private final List<Object> received = new ArrayList<>();
              public void start(BundleContext context) {
                Hashtable<String, Object> properties = new Hashtable<>();
                properties.put("service.pid", "ledger.accounts");
                context.registerService(
                    new String[] {ManagedService.class.getName(), java.util.function.Supplier.class.getName()}, this, properties);
              }
              public void stop(BundleContext context) {}
              public synchronized void updated(Dictionary<String, ?> properties) {
                received.add(properties == null ? "nothing" : properties.get("currency"));
              }
              public synchronized String get() { return received.toString(); }
            }
            """;

    private static final String FACTORY = """
            package ledger;
            import java.util.*;
            import org.osgi.framework.*;
            import org.osgi.service.cm.*;
            public class Factory implements BundleActivator, ManagedServiceFactory, java.util.function.Supplier<String> {
              private final Map<String, Object> instances = new TreeMap<>();
              private int deleted;
              public void start(BundleContext context) {
                Hashtable<String, Object> properties = new Hashtable<>();
                properties.put("service.pid", "ledger.accounts");
                context.registerService(
                    new String[] {ManagedServiceFactory.class.getName(), java.util.function.Supplier.class.getName()}, this, properties);
              }
              public void stop(BundleContext context) {}
              public String getName() { return "accounts"; }
              public synchronized void updated(String pid, Dictionary<String, ?> properties) {
                instances.put(pid, properties.get("currency"));
              }
              public synchronized void deleted(String pid) { instances.remove(pid); deleted++; }
              public synchronized String get() { return instances.values() + " deleted " + deleted; }
            }
            """;

    private LedgerBundles() {}

    /** A component that is active with a configuration only. */
    static MadeBundle component(String version) {
        return MadeBundle.of("ledger", version)
                .source("ledger.Accounts", COMPONENT)
                .component(
                        "ledger.Accounts",
                        "configuration-policy=\"require\" configuration-pid=\"" + PID
                                + "\" activate=\"activate\" deactivate=\"deactivate\" immediate=\"true\"",
                        MadeBundle.provide(Supplier.class));
    }

    static MadeBundle managedService(String version) {
        return MadeBundle.of("ledger", version).activator("ledger.Managed", MANAGED);
    }

    static MadeBundle managedServiceFactory(String version) {
        return MadeBundle.of("ledger", version).activator("ledger.Factory", FACTORY);
    }
}
