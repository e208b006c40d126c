import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.text.SimpleDateFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.javarosa.core.model.Constants;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.SelectChoice;
import org.javarosa.core.model.data.DateData;
import org.javarosa.core.model.data.DecimalData;
import org.javarosa.core.model.data.GeoPointData;
import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.core.model.data.IntegerData;
import org.javarosa.core.model.data.MultipleItemsData;
import org.javarosa.core.model.data.SelectOneData;
import org.javarosa.core.model.data.StringData;
import org.javarosa.core.model.data.helper.Selection;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.services.IPropertyManager;
import org.javarosa.core.services.PropertyManager;
import org.javarosa.form.api.FormEntryController;
import org.javarosa.form.api.FormEntryModel;
import org.javarosa.form.api.FormEntryPrompt;
import org.javarosa.model.xform.XFormSerializingVisitor;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.util.XFormUtils;

/** Fills a form as the app for telephones does: answers come as lines "path<tab>value" on stdin, the filled form goes to stdout. */
public class Fill {
    public static void main(String[] args) throws Exception {
        java.io.PrintStream out = System.out;
        System.setOut(System.err);
        Map<String, List<String>> answers = read();
        new XFormsModule().registerModule();
        PropertyManager.setPropertyManager(nothingKnown());
        FormDef form = XFormUtils.getFormFromInputStream(new FileInputStream(args[0]));
        form.initialize(true, new InstanceInitializationFactory());
        FormEntryController walk = new FormEntryController(new FormEntryModel(form));
        Map<String, Integer> met = new HashMap<>();
        for (int event = walk.stepToNextEvent(); event != FormEntryController.EVENT_END_OF_FORM; event = walk.stepToNextEvent()) {
            if (event == FormEntryController.EVENT_QUESTION) {
                answer(walk, answers, met);
            } else if (event == FormEntryController.EVENT_PROMPT_NEW_REPEAT) {
                String path = walk.getModel().getFormIndex().getReference().toString(false);
                int wanted = answers.containsKey(path) ? Integer.parseInt(answers.get(path).get(0)) : 0;
                if (walk.getModel().getFormIndex().getInstanceIndex() < wanted) {
                    walk.newRepeat();
                }
            }
        }
        form.postProcessInstance();
        out.write(new XFormSerializingVisitor().serializeInstance(form.getMainInstance()));
        out.flush();
        System.exit(0);
    }

    /** A telephone that knows nothing of itself: no number, no name of whoever holds it. */
    private static IPropertyManager nothingKnown() {
        return (IPropertyManager) Proxy.newProxyInstance(
            Fill.class.getClassLoader(), new Class<?>[] {IPropertyManager.class},
            (self, method, args) -> method.getReturnType() == String.class ? "" : null);
    }

    private static Map<String, List<String>> read() throws Exception {
        Map<String, List<String>> found = new HashMap<>();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] parts = line.split("\t", 2);
            found.computeIfAbsent(parts[0], key -> new ArrayList<>()).add(parts[1]);
        }
        return found;
    }

    private static void answer(FormEntryController walk, Map<String, List<String>> answers, Map<String, Integer> met) throws Exception {
        FormEntryPrompt asked = walk.getModel().getQuestionPrompt();
        String path = asked.getIndex().getReference().toString(false);
        List<String> told = answers.get(path);
        if (told == null) {
            return;
        }
        int at = met.merge(path, 1, Integer::sum) - 1;
        String value = told.get(Math.min(at, told.size() - 1));
        int result = walk.answerQuestion(asked.getIndex(), of(asked, value), false);
        if (result != FormEntryController.ANSWER_OK) {
            System.err.println("refused " + path + " " + value);
            System.exit(3);
        }
    }

    private static IAnswerData of(FormEntryPrompt asked, String value) throws Exception {
        if (asked.getControlType() == Constants.CONTROL_SELECT_ONE) {
            return new SelectOneData(chosen(asked, value));
        }
        if (asked.getControlType() == Constants.CONTROL_SELECT_MULTI) {
            List<Selection> many = new ArrayList<>();
            for (String one : value.split(" ")) {
                many.add(chosen(asked, one));
            }
            return new MultipleItemsData(many);
        }
        switch (asked.getDataType()) {
            case Constants.DATATYPE_INTEGER:
                return new IntegerData(Integer.parseInt(value));
            case Constants.DATATYPE_DECIMAL:
                return new DecimalData(Double.parseDouble(value));
            case Constants.DATATYPE_DATE:
                return new DateData(new SimpleDateFormat("yyyy-MM-dd").parse(value));
            case Constants.DATATYPE_GEOPOINT:
                String[] parts = value.split(" ");
                double[] point = new double[parts.length];
                for (int each = 0; each < parts.length; each++) {
                    point[each] = Double.parseDouble(parts[each]);
                }
                return new GeoPointData(point);
            default:
                return new StringData(value);
        }
    }

    private static Selection chosen(FormEntryPrompt asked, String value) {
        for (SelectChoice choice : asked.getSelectChoices()) {
            if (choice.getValue().equals(value)) {
                return choice.selection();
            }
        }
        throw new IllegalArgumentException("there is no choice " + value);
    }
}
