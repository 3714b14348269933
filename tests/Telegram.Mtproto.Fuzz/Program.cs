using Telegram.Mtproto.Fuzz;
using Telegram.Mtproto.Fuzz.Fuzzing;
using Telegram.Mtproto.Fuzz.Simulation;

var arguments = Arguments.Parse(args);
return arguments?.Command switch
{
    "schedules" => SchedulesCommand.Run(arguments.Count, arguments.Seed, Console.Out, Console.Error),
    "fuzz" => FuzzCommand.Run(arguments, Console.Out, Console.Error),
    _ => Arguments.Explain(Console.Error),
};
