// SPDX-License-Identifier: Apache-2.0
package sample.own;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import sample.lazy.Parcel;

/** Registers a {@link Post}, without loading what its method takes. */
public final class PostActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        context.registerService(Post.class, new Office(), null);
    }

    @Override
    public void stop(BundleContext context) {}

    private static final class Office implements Post {
        @Override
        public void send(Parcel parcel) {}
    }
}
