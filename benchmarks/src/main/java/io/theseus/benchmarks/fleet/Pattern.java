// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet;

import io.theseus.api.CodeChange;
import io.theseus.benchmarks.fleet.api.Part;
import io.theseus.benchmarks.fleet.load.Activator;
import io.theseus.itests.made.MadeBundle;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * Makes the bundles of the fleet out of compiled classes of this module. An application has four times the four classes of package
 * {@code app}, under names and with a version of its own; its parts refer to each other in a chain, and the last one to the first of the
 * next application, ten applications a chain.
 */
final class Pattern {
    static final int PARTS = 4;
    static final String PART_CLASS = "Stage";

    private static final List<String> CLASSES = List.of(PART_CLASS, "Books", "Rule", "Note");
    private static final int CHAIN = 10;
    private static final String APP = "io/theseus/benchmarks/fleet/app/";
    private static final String API = Part.class.getPackageName();
    private static final String PART = Part.class.getName().replace('.', '/');

    private Pattern() {}

    static String name(int application) {
        return "fleet.a%04d".formatted(application);
    }

    /** @param ranking of its services, 0 for none */
    static MadeBundle application(int index, int applications, String version, int ranking) {
        String name = name(index);
        MadeBundle bundle = MadeBundle.of(name, version)
                .header("Import-Package", API + ",io.theseus.api,fleet.api")
                .entry("OSGI-INF/appup.yaml", appup(version, parts(name)));
        for (int part = 0; part < PARTS; part++) {
            for (String each : CLASSES) {
                String renamed = renamed(name, part, each);
                bundle = bundle.entry(renamed + ".class", classFile(each, index, part, version));
            }
            bundle = bundle.component(
                    renamed(name, part, PART_CLASS).replace('/', '.'),
                    next(index, part, applications).isEmpty() ? "" : "init=\"1\"",
                    children(index, part, applications, ranking));
        }
        return bundle;
    }

    /** The bundle with the interfaces: each application has one of its own. */
    static MadeBundle api(int applications) {
        MadeBundle bundle = bundle("fleet.api", API, "").header("Export-Package", API + ",fleet.api");
        for (int i = 0; i < applications; i++) {
            ClassWriter own = new ClassWriter(0);
            int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT;
            own.visit(Opcodes.V17, access, ownInterface(i), null, "java/lang/Object", new String[] {PART});
            bundle = bundle.entry(ownInterface(i) + ".class", own.toByteArray());
        }
        return bundle;
    }

    /** The internal name of the interface that only this application offers. */
    static String ownInterface(int application) {
        return "fleet/api/A%04d".formatted(application);
    }

    /** The bundle that calls. */
    static MadeBundle load() {
        String load = Activator.class.getPackageName();
        return bundle("fleet.load", load, API + ",").header("Bundle-Activator", Activator.class.getName());
    }

    private static MadeBundle bundle(String name, String packageName, String imports) {
        MadeBundle bundle = MadeBundle.of(name, "1.0.0")
                .header(
                        "Import-Package",
                        imports + "org.osgi.framework,org.osgi.framework.wiring,org.osgi.util.tracker");
        for (String each : ClassFiles.of(packageName)) {
            bundle = bundle.entry(each, ClassFiles.read(each));
        }
        return bundle;
    }

    private static String children(int index, int part, int applications, int ranking) {
        String next = next(index, part, applications);
        int provider = part + 1 < PARTS ? index : index + 1;
        return """

                  <property name="%s" value="%s"/>
                  <property name="service.ranking" type="Integer" value="%d"/>
                  <service><provide interface="%s"/><provide interface="%s"/></service>
                %s""".formatted(
                        Part.NAME,
                        partName(index, part),
                        ranking,
                        ownInterface(index).replace('/', '.'),
                        CodeChange.class.getName(),
                        next.isEmpty()
                                ? ""
                                : "  <reference name=\"next\" interface=\"%s\" target=\"(%s=%s)\" parameter=\"0\"/>\n"
                                        .formatted(ownInterface(provider).replace('/', '.'), Part.NAME, next));
    }

    static String partName(int application, int part) {
        return "a%04d.%d".formatted(application, part);
    }

    /** The name of the part that comes next, empty at the end of a chain. */
    private static String next(int application, int part, int applications) {
        if (part + 1 < PARTS) {
            return partName(application, part + 1);
        }
        boolean last = application % CHAIN == CHAIN - 1 || application + 1 == applications;
        return last ? "" : partName(application + 1, 0);
    }

    /** An appup that updates components, from and to any version. */
    static String appup(String version, List<String> components) {
        String steps = components.stream()
                .map(each -> "      - {update: " + each + ", timeout: 1m}\n")
                .collect(Collectors.joining());
        return """
                version: %1$s
                up:
                  - from: "[0,100)"
                    do:
                %2$s      - load_bundle
                down:
                  - to: "[0,100)"
                    do:
                %2$s      - load_bundle
                """.formatted(version, steps);
    }

    private static List<String> parts(String name) {
        return IntStream.range(0, PARTS)
                .mapToObj(part -> renamed(name, part, PART_CLASS).replace('/', '.'))
                .toList();
    }

    private static String renamed(String bundle, int part, String name) {
        return bundle.replace('.', '/') + "/" + name + part;
    }

    private static byte[] classFile(String name, int index, int part, String version) {
        String bundle = name(index);
        ClassWriter out = new ClassWriter(0);
        Remapper names = new Remapper(Opcodes.ASM9) {
            @Override
            public String map(String internalName) {
                return internalName.startsWith(APP)
                        ? renamed(bundle, part, internalName.substring(APP.length()))
                        : internalName;
            }
        };
        new ClassReader(ClassFiles.read(APP + name + ".class"))
                .accept(new WithVersion(new ClassRemapper(out, names), version, ownInterface(index)), 0);
        return out.toByteArray();
    }
}
