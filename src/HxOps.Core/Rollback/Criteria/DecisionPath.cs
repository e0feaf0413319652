using System.Collections.Immutable;

namespace HxOps.Rollback.Criteria;

/// <summary>Walks the decision tree.</summary>
internal static class DecisionPath
{
    public static ImmutableArray<TreeAnswer> Through(ImmutableArray<TreeQuestion> tree, ImmutableArray<RuleAnswer> answers, Decision decision)
    {
        var path = ImmutableArray.CreateBuilder<TreeAnswer>();
        foreach (var question in tree)
        {
            var answer = question.Rules.IsEmpty ? FixForward(decision) : Answer(question, answers);
            path.Add(new TreeAnswer(question.Text, answer, answer switch { true => question.Yes, false => question.No, null => "" }));
            if (answer == true)
            {
                break;
            }
        }

        return path.ToImmutable();
    }

    private static bool? Answer(TreeQuestion question, ImmutableArray<RuleAnswer> answers)
    {
        var asked = answers.Where(answer => question.Rules.Contains(answer.Rule.Name)).Select(answer => answer.Holds).ToList();
        return asked.Contains(true) ? true : asked.Contains(null) ? null : false;
    }

    // Whether a fix will do is the operator's to say, unless the tiers say it already.
    private static bool? FixForward(Decision decision) => decision switch
    {
        Decision.FixForward => true,
        Decision.Immediate or Decision.WithinTheHour => false,
        _ => null,
    };
}
