// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import org.osgi.framework.PrototypeServiceFactory;

/** Gives each request a stable object of its own. Subclassed by an empty generated class, like its superclass. */
public class StablePrototypes extends StableFactory implements PrototypeServiceFactory<Object> {
    public StablePrototypes(StableService service) {
        super(service);
    }
}
