// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet.load;

import io.theseus.benchmarks.fleet.api.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** The applications as a user of services sees them: through a tracker each. Thread safety: safe for use by many threads. */
final class Applications implements AutoCloseable {
    private final BundleContext context;
    private final List<ServiceTracker<Part, Part>> firsts = new ArrayList<>();

    Applications(BundleContext context, int applications) throws InvalidSyntaxException {
        this.context = context;
        for (int i = 0; i < applications; i++) {
            String filter = "(&(objectClass=fleet.api.A%04d)(%s=%s))".formatted(i, Part.NAME, name(i, 0));
            ServiceTracker<Part, Part> tracker =
                    new ServiceTracker<>(context, FrameworkUtil.createFilter(filter), null);
            tracker.open();
            firsts.add(tracker);
        }
    }

    static String name(int application, int part) {
        return "a%04d.%d".formatted(application, part);
    }

    int size() {
        return firsts.size();
    }

    /** How many of the applications are there. */
    int present() {
        return (int) firsts.stream().filter(each -> each.getService() != null).count();
    }

    /** @throws IllegalStateException if it is not there */
    Part first(int application) {
        return Optional.ofNullable(firsts.get(application).getService())
                .orElseThrow(() -> new IllegalStateException("no service " + name(application, 0)));
    }

    /** How often any part was called. */
    long counted() throws InvalidSyntaxException {
        long sum = 0;
        for (ServiceReference<?> reference : references()) {
            sum += context.getService(reference) instanceof Part part ? part.calls() : 0;
            context.ungetService(reference);
        }
        return sum;
    }

    private ServiceReference<?>[] references() throws InvalidSyntaxException {
        ServiceReference<?>[] found = context.getServiceReferences((String) null, "(" + Part.NAME + "=*)");
        return found == null ? new ServiceReference<?>[0] : found;
    }

    @Override
    public void close() {
        firsts.forEach(ServiceTracker::close);
    }
}
