<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Backscope</source>
        <translation>关于 Backscope</translation>
    </message>
    <message>
        <source>Copy versions</source>
        <translation>复制版本信息</translation>
    </message>
    <message>
        <source>Copy the versions, to put them into a message or a report.</source>
        <translation>复制各个版本号，以便放进消息或报告。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close this window (Escape).</source>
        <translation>关闭此窗口 (Escape)。</translation>
    </message>
    <message>
        <source>Versions, licence and origins</source>
        <translation>版本、许可和来源</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>MIT: use it, change it, pass it on, and keep the notice.</source>
        <translation>MIT：可以使用、改动、转交，请保留声明。</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>The MNIST database of handwritten digits by Yann LeCun, Corinna Cortes and Christopher J.C. Burges, in the arrays that Keras distributes.</source>
        <translation>MNIST 手写数字数据库，作者 Yann LeCun、Corinna Cortes 和 Christopher J.C. Burges，采用 Keras 分发的数组。</translation>
    </message>
    <message>
        <source>Typeface</source>
        <translation>字体</translation>
    </message>
    <message>
        <source>Inter by The Inter Project Authors, SIL Open Font License&#xa0;1.1.</source>
        <translation>Inter，作者 The Inter Project Authors，SIL Open Font License&#xa0;1.1。</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>AccuracyPanel</name>
    <message>
        <source>Accuracy over epochs</source>
        <extracomment>Panels lower than this leave the sentence under the chart away.</extracomment>
        <translation>各轮次的准确率</translation>
    </message>
    <message>
        <source>Accuracy by class</source>
        <translation>各类别的准确率</translation>
    </message>
    <message>
        <source>Accuracy by digit</source>
        <translation>各数字的准确率</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Test accuracy</source>
        <translation>测试准确率</translation>
    </message>
    <message>
        <source>The test set has not been predicted yet; that is done after every epoch.</source>
        <translation>测试集还没有预测过；每一轮结束后都会预测。</translation>
    </message>
    <message>
        <source>{name}: {share}</source>
        <translation>{name}：{share}</translation>
    </message>
    <message>
        <source>After epoch {epoch}, {share} of the test set is answered rightly. By class: {by_class}.</source>
        <translation>第 {epoch} 轮之后，测试集中 {share} 回答正确。各类别：{by_class}。</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Epoch {epoch}: {share} of all</source>
        <translation>第 {epoch} 轮：全部的 {share}</translation>
    </message>
    <message>
        <source>test set, {size}</source>
        <translation>测试集，{size}</translation>
    </message>
    <message>
        <source>test set, {size} · {share}</source>
        <translation>测试集，{size} · {share}</translation>
    </message>
    <message>
        <source>The test set is predicted after every epoch.</source>
        <translation>每一轮结束后都会预测测试集。</translation>
    </message>
    <message>
        <source>All are awake; the weakest, {name}, is at {share}.</source>
        <translation>都醒着；最弱的是{name}，为 {share}。</translation>
    </message>
    <message>
        <source>&lt;b&gt;{name} is asleep:&lt;/b&gt; {share} of its images are recognised.</source>
        <translation>&lt;b&gt;沉睡：{name}。&lt;/b&gt;其图像只有 {share} 被认出。</translation>
    </message>
    <message>
        <source>{names} and {last}</source>
        <translation>{names} 和 {last}</translation>
    </message>
    <message>
        <source>&lt;b&gt;{names} are asleep:&lt;/b&gt; at most {share} of each are recognised.</source>
        <translation>&lt;b&gt;沉睡：{names}。&lt;/b&gt;每一个最多有 {share} 被认出。</translation>
    </message>
    <message>
        <source>Of the test samples of these classes, fewer than {limit} are answered rightly. Often the output unit is saturated at 0: it passes almost no gradient, so it hardly learns until it wakes. Smaller initial weights or cross-entropy prevent this.</source>
        <translation>这些类别的测试样本中，回答正确的不到 {limit}。常见的原因是输出单元饱和在 0 处：几乎没有梯度能通过，所以在它醒来之前几乎学不到东西。较小的初始权重或交叉熵可以避免这一点。</translation>
    </message>
    <message>
        <source>Digit {names}</source>
        <translation>数字 {names}</translation>
    </message>
    <message>
        <source>Digits {names}</source>
        <translation>数字 {names}</translation>
    </message>
</context>
<context>
    <name>ActionSet</name>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Train on, at the speed chosen, until the last epoch or until you pause.</source>
        <translation>按所选速度继续训练，直到最后一轮，或直到你暂停。</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Stop here, so that you can look at the numbers of this moment.</source>
        <translation>停在这里，好查看这一时刻的数值。</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>前进一步</translation>
    </message>
    <message>
        <source>Compute one more phase, batch or epoch, as chosen beside this button, and stop.</source>
        <translation>再计算一个阶段、批次或轮次（大小在此按钮旁选择），然后停下。</translation>
    </message>
    <message>
        <source>Step further</source>
        <translation>前进一大步</translation>
    </message>
    <message>
        <source>Step by the next larger size: a batch instead of a phase, an epoch instead of a batch.</source>
        <translation>按更大一级的步长前进：不是一个阶段而是一个批次，不是一个批次而是一个轮次。</translation>
    </message>
    <message>
        <source>Step back</source>
        <translation>后退一步</translation>
    </message>
    <message>
        <source>Show the moment one phase, batch or epoch earlier, as chosen beside this button.</source>
        <translation>显示早一个阶段、批次或轮次的时刻（大小在此按钮旁选择）。</translation>
    </message>
    <message>
        <source>Step further back</source>
        <translation>后退一大步</translation>
    </message>
    <message>
        <source>Go back by the next larger size: a batch instead of a phase, an epoch instead of a batch.</source>
        <translation>按更大一级的步长后退：不是一个阶段而是一个批次，不是一个批次而是一个轮次。</translation>
    </message>
    <message>
        <source>Play backwards</source>
        <translation>倒放</translation>
    </message>
    <message>
        <source>Undo the training before your eyes, at the speed chosen; the run itself is not changed.</source>
        <translation>按所选速度，在你眼前把训练一步步撤回；运行本身不变。</translation>
    </message>
    <message>
        <source>Continue from here</source>
        <translation>从此处继续</translation>
    </message>
    <message>
        <source>Train on from the moment in the past that is shown, perhaps with another learning rate.</source>
        <translation>从画面上这个过去的时刻继续训练，也可以换一个学习率。</translation>
    </message>
    <message>
        <source>Keep to compare</source>
        <translation>保留以便比较</translation>
    </message>
    <message>
        <source>Keep this run&apos;s curves, so that the next run can be compared with it.</source>
        <translation>保留这次运行的曲线，以便与下一次运行比较。</translation>
    </message>
    <message>
        <source>Forget the runs kept</source>
        <translation>清除保留的运行</translation>
    </message>
    <message>
        <source>Take the curves of the runs that were kept away again.</source>
        <translation>把保留的那些运行的曲线撤掉。</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>回到最新</translation>
    </message>
    <message>
        <source>Come back from the past to the newest moment of the run.</source>
        <translation>从过去回到运行的最新时刻。</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Go back to the start of this run, with the same initial weights.</source>
        <translation>回到这次运行的起点，初始权重不变。</translation>
    </message>
    <message>
        <source>New random</source>
        <translation>重新随机</translation>
    </message>
    <message>
        <source>Begin again with other initial weights, drawn from a new seed that the form shows.</source>
        <translation>换一组初始权重重新开始，由新的种子抽取，种子显示在表单里。</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>加快</translation>
    </message>
    <message>
        <source>Play at the next higher speed.</source>
        <translation>以高一档的速度播放。</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>减慢</translation>
    </message>
    <message>
        <source>Play at the next lower speed; at the lowest, one phase a second.</source>
        <translation>以低一档的速度播放；最低为每秒一个阶段。</translation>
    </message>
    <message>
        <source>Open …</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Open a run from a file, with its whole past, in the place of the present one.</source>
        <translation>从文件打开一次运行，连同它的全部过去，取代现在这次。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save this run in a file, with every moment of its past, to go on with it another day.</source>
        <translation>把这次运行存入文件，包括过去的每一个时刻，改天可以接着训练。</translation>
    </message>
    <message>
        <source>Save as …</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Save this run in another file; the first file stays as it is.</source>
        <translation>把这次运行存入另一个文件；原来的文件保持不变。</translation>
    </message>
    <message>
        <source>Save parameters …</source>
        <translation>保存参数…</translation>
    </message>
    <message>
        <source>Save the weights and biases on the screen, for NumPy or for other libraries.</source>
        <translation>保存屏幕上的权重和偏置，供 NumPy 或其他库使用。</translation>
    </message>
    <message>
        <source>Notes …</source>
        <translation>笔记…</translation>
    </message>
    <message>
        <source>Write down what you tried in this run and what you saw; it is saved with the run.</source>
        <translation>写下你在这次运行中试了什么、看到了什么；笔记随运行一起保存。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Save this run as two animations, weights_update.gif and training_loss.gif; a right click offers everything else.</source>
        <translation>把这次运行保存为两个动画：weights_update.gif 和 training_loss.gif；右键点击可选择其他一切。</translation>
    </message>
    <message>
        <source>Export as …</source>
        <translation>导出为…</translation>
    </message>
    <message>
        <source>Choose view, moments, size, format and file of an animation, a picture or a table.</source>
        <translation>选择动画、图片或表格的视图、时刻、大小、格式和文件。</translation>
    </message>
    <message>
        <source>Check gradients …</source>
        <translation>检查梯度…</translation>
    </message>
    <message>
        <source>Compare the gradients of this moment with central differences, and with TensorFlow&apos;s.</source>
        <translation>把这一时刻的梯度与中心差分比较，也与 TensorFlow 的结果比较。</translation>
    </message>
    <message>
        <source>Reset layout</source>
        <translation>恢复布局</translation>
    </message>
    <message>
        <source>Put every panel back to where it was at first.</source>
        <translation>把每个面板放回最初的位置。</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Use the whole screen, for a projector.</source>
        <translation>使用整个屏幕，适合投影。</translation>
    </message>
    <message>
        <source>Switch between light and dark</source>
        <translation>切换浅色和深色</translation>
    </message>
    <message>
        <source>Light is for bright rooms and projectors, dark for the evening.</source>
        <translation>浅色适合明亮的房间和投影，深色适合晚上。</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Be light or dark as the system is, and follow when it changes.</source>
        <translation>与系统一样采用浅色或深色，并随之改变。</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark text on light ground, for bright rooms and projectors.</source>
        <translation>浅底深字，适合明亮的房间和投影。</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light text on dark ground, for the evening.</source>
        <translation>深底浅字，适合晚上。</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Make all text larger, up to twice its ordinary size, for a lecture hall.</source>
        <translation>放大所有文字，最大为平常的两倍，适合大教室。</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Make all text smaller, so that more fits on the screen.</source>
        <translation>缩小所有文字，让屏幕上放得下更多。</translation>
    </message>
    <message>
        <source>Ordinary text</source>
        <translation>平常大小</translation>
    </message>
    <message>
        <source>Give all text its ordinary size again.</source>
        <translation>让所有文字恢复平常的大小。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Take back the last change of the settings: lesson, experiment, seed, learning rate, epochs.</source>
        <translation>撤回对设置的上一次改动：课程、实验、种子、学习率、轮数。</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Make the change of the settings again that was taken back.</source>
        <translation>把撤回的设置改动再做一次。</translation>
    </message>
    <message>
        <source>Find anything …</source>
        <translation>查找…</translation>
    </message>
    <message>
        <source>Type a part of the name of an action, a lesson, a panel, a speed or a setting.</source>
        <translation>输入操作、课程、面板、速度或设置名称的一部分。</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Show all actions with their keys.</source>
        <translation>显示所有操作及其按键。</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>欢迎</translation>
    </message>
    <message>
        <source>Show the first screen again: what this is, and three ways to begin.</source>
        <translation>再次显示第一屏：这是什么，以及三种开始的方式。</translation>
    </message>
    <message>
        <source>Show log file</source>
        <translation>打开日志文件</translation>
    </message>
    <message>
        <source>Open the file with warnings and errors; it stays on this computer.</source>
        <translation>打开记录警告和错误的文件；它只留在这台计算机上。</translation>
    </message>
    <message>
        <source>About Backscope</source>
        <translation>关于 Backscope</translation>
    </message>
    <message>
        <source>Versions, licence, and where data and typeface come from.</source>
        <translation>版本、许可，以及数据和字体的来源。</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Close Backscope.</source>
        <translation>关闭 Backscope。</translation>
    </message>
</context>
<context>
    <name>Animations</name>
    <message>
        <source>Loss over epochs</source>
        <translation>各轮次的损失</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Remove {name}</source>
        <translation>移除 {name}</translation>
    </message>
</context>
<context>
    <name>ChipRow</name>
    <message>
        <source>+ {count}</source>
        <translation>+ {count}</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Something went wrong</source>
        <translation>出错了</translation>
    </message>
    <message>
        <source>Something went wrong that should not have.</source>
        <translation>出了一个本不该出的错。</translation>
    </message>
    <message>
        <source>Your run is saved, and you can go on; if anything looks odd, quit and start again.</source>
        <translation>你的运行已保存，可以继续；如果有什么不对劲，请退出后重新启动。</translation>
    </message>
    <message>
        <source>You can go on; if anything looks odd, save what you need, quit and start again.</source>
        <translation>可以继续；如果有什么不对劲，请保存需要的内容，退出后重新启动。</translation>
    </message>
    <message>
        <source>This report says what happened. It does not name your home folder, and is sent nowhere by itself.</source>
        <translation>这份报告说明发生了什么。它不提及你的主文件夹，也不会自行发送到任何地方。</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Versions, where it happened, and the last lines of the log file.</source>
        <translation>版本、出错的位置，以及日志文件的最后几行。</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Copy the report, to put it into a message to the makers of Backscope.</source>
        <translation>复制报告，以便放进发给 Backscope 作者的消息。</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Close Backscope.</source>
        <translation>关闭 Backscope。</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Close this message and go on.</source>
        <translation>关闭这条消息，继续。</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>DeedButton</name>
    <message>
        <source>How far it is</source>
        <translation>进行到哪里了</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop here; everything stays as it is.</source>
        <translation>在这里停下；一切保持现状。</translation>
    </message>
</context>
<context>
    <name>Diagnosis</name>
    <message>
        <source>output</source>
        <translation>输出层</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>隐藏层</translation>
    </message>
    <message>
        <source>hidden {number}</source>
        <translation>隐藏层 {number}</translation>
    </message>
    <message>
        <source>the output layer</source>
        <translation>输出层</translation>
    </message>
    <message>
        <source>the hidden layer</source>
        <translation>隐藏层</translation>
    </message>
    <message>
        <source>hidden layer {number}</source>
        <translation>隐藏层 {number}</translation>
    </message>
    <message>
        <source>Digit {name}</source>
        <translation>数字 {name}</translation>
    </message>
    <message>
        <source>{count} of {all} digits</source>
        <translation>{all} 个数字中的 {count} 个</translation>
    </message>
    <message>
        <source>{count} of {all} classes</source>
        <translation>{all} 个类别中的 {count} 个</translation>
    </message>
    <message>
        <source>Digits {names} and {last}</source>
        <translation>数字 {names} 和 {last}</translation>
    </message>
    <message>
        <source>{names} and {last}</source>
        <translation>{names} 和 {last}</translation>
    </message>
    <message>
        <source>Show the loss</source>
        <translation>查看损失</translation>
    </message>
    <message>
        <source>Show epoch {epoch}</source>
        <translation>查看第 {epoch} 轮</translation>
    </message>
    <message>
        <source>Show accuracy by digit</source>
        <translation>查看各数字的准确率</translation>
    </message>
    <message>
        <source>Show accuracy by class</source>
        <translation>查看各类别的准确率</translation>
    </message>
    <message>
        <source>Show {unit}</source>
        <translation>查看{unit}</translation>
    </message>
    <message>
        <source>Show such a unit</source>
        <translation>查看这样的一个单元</translation>
    </message>
    <message>
        <source>Show sample {sample}</source>
        <translation>查看样本 {sample}</translation>
    </message>
    <message>
        <source>Show {layer}</source>
        <translation>查看{layer}</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Go to that moment of the run, and look at the loss there.</source>
        <translation>跳到运行的那一时刻，查看那里的损失。</translation>
    </message>
    <message>
        <source>Look at the course of the loss.</source>
        <translation>查看损失的变化过程。</translation>
    </message>
    <message>
        <source>Look at which classes are answered, epoch by epoch.</source>
        <translation>逐轮查看哪些类别能答对。</translation>
    </message>
    <message>
        <source>Look at this unit: its z, its activation, and the slope f′(z) that its delta is multiplied by.</source>
        <translation>查看这个单元：它的 z、激活值，以及与它的 δ 相乘的斜率 f′(z)。</translation>
    </message>
    <message>
        <source>Look at this layer&apos;s weights and their gradient.</source>
        <translation>查看这一层的权重及其梯度。</translation>
    </message>
    <message>
        <source>Look at this sample on its way through the network.</source>
        <translation>查看这个样本如何穿过网络。</translation>
    </message>
    <message>
        <source>Same network, new seed</source>
        <translation>同样的网络，新的种子</translation>
    </message>
    <message>
        <source>Learning rate {rate} from here on</source>
        <translation>从这里起学习率 {rate}</translation>
    </message>
    <message>
        <source>Start again with learning rate {rate}</source>
        <translation>以学习率 {rate} 重新开始</translation>
    </message>
    <message>
        <source>Use {names}, learning rate {rate}</source>
        <translation>使用 {names}，学习率 {rate}</translation>
    </message>
    <message>
        <source>Use initializer {names}</source>
        <translation>初始化改用 {names}</translation>
    </message>
    <message>
        <source>Use {activation} and {names}</source>
        <translation>使用 {activation} 和 {names}</translation>
    </message>
    <message>
        <source>Use {units} hidden units</source>
        <translation>使用 {units} 个隐藏单元</translation>
    </message>
    <message>
        <source>Use {loss}</source>
        <translation>使用{loss}</translation>
    </message>
    <message>
        <source>The run goes on with this learning rate from its next update. It is {rate} now.</source>
        <translation>从下一次更新起，运行以这个学习率继续。现在是 {rate}。</translation>
    </message>
    <message>
        <source>Begins a new run with the initial weights of seed {seed}; everything else stays as it is.</source>
        <translation>用种子 {seed} 的初始权重开始新的运行；其余不变。</translation>
    </message>
    <message>
        <source>Begins a new run with this objective and the outputs it is made for: {activation}. Everything else stays as it is, the seed too.</source>
        <translation>用这个目标函数及其适用的输出（{activation}）开始新的运行。其余不变，种子也不变。</translation>
    </message>
    <message>
        <source>Begins a new run with this changed; everything else stays as it is, the seed too.</source>
        <translation>改变这一项，开始新的运行；其余不变，种子也不变。</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>RMS</source>
        <translation>均方根</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>/ weight</source>
        <translation>/ 权重</translation>
    </message>
    <message>
        <source>activations a</source>
        <translation>激活值 a</translation>
    </message>
    <message>
        <source>deltas |δ|, powers of ten</source>
        <translation>δ 的大小 |δ|，10 的幂</translation>
    </message>
    <message>
        <source>share
saturated</source>
        <translation>饱和
比例</translation>
    </message>
    <message>
        <source>saturated
or dead</source>
        <translation>饱和
或死亡</translation>
    </message>
    <message>
        <source>share
dead</source>
        <translation>死亡
比例</translation>
    </message>
    <message>
        <source>The layers, from the first hidden one to the output.</source>
        <translation>各层，从第一个隐藏层到输出层。</translation>
    </message>
    <message>
        <source>Gradient RMS: the root mean square of dL/dW over all weights of the layer. It is the size of one weight&apos;s gradient, so that a layer with many weights does not look stronger.</source>
        <translation>梯度均方根：该层所有权重的 dL/dW 的均方根。它相当于单个权重的梯度的大小，所以权重多的层不会显得更强。</translation>
    </message>
    <message>
        <source>Weight RMS: the root mean square of the layer&apos;s weights. Biases are left out.</source>
        <translation>权重均方根：该层权重的均方根。偏置不计在内。</translation>
    </message>
    <message>
        <source>Update-to-weight ratio: the RMS of η dL/dW divided by the RMS of the weights before the update. About 0.001 is a rule of thumb; the first steps may be larger.</source>
        <translation>更新与权重之比：η dL/dW 的均方根除以更新前权重的均方根。经验值约为 0.001；最初几步可以更大。</translation>
    </message>
    <message>
        <source>Saturated: the share of values, over batch and units, whose f′(z) is below 5 % of its greatest. Dead, for ReLU: the share of units with z ≤ 0 for every sample of the batch.</source>
        <translation>饱和：在批次和单元的所有数值中，f′(z) 低于其最大值 5 % 的比例。死亡（ReLU）：对批次中每个样本都有 z ≤ 0 的单元的比例。</translation>
    </message>
    <message>
        <source>Histogram of the activations a over batch and units; heights are logarithmic.</source>
        <translation>批次和单元上激活值 a 的直方图；高度为对数。</translation>
    </message>
    <message>
        <source>Histogram of |δ| over batch and units, by powers of ten from 1e−10 to 1e2; heights are logarithmic. Lines mark 1e−6, 1e−3 and 1.</source>
        <translation>批次和单元上 |δ| 的直方图，按 10 的幂从 1e−10 到 1e2；高度为对数。竖线标出 1e−6、1e−3 和 1。</translation>
    </message>
    <message>
        <source>{name}: {units} units, {activation}, {count} weights from {inputs} inputs.</source>
        <translation>{name}：{units} 个单元，{activation}，{count} 个权重来自 {inputs} 个输入。</translation>
    </message>
    <message>
        <source>not computed yet in this step.</source>
        <translation>这一步中还没有计算。</translation>
    </message>
    <message>
        <source>{dead} of {units} units are dead for all {samples} samples.</source>
        <translation>对全部 {samples} 个样本，{units} 个单元中有 {dead} 个死亡。</translation>
    </message>
    <message>
        <source>{share} of its values are saturated.</source>
        <translation>其数值有 {share} 饱和。</translation>
    </message>
    <message>
        <source>f′(z) cancels with this objective, so the error passes whole: no output can be saturated.</source>
        <translation>f′(z) 在这个目标函数下被约去，误差完整通过：没有输出会饱和。</translation>
    </message>
    <message>
        <source>units of this kind neither saturate nor die.</source>
        <translation>这种单元既不会饱和也不会死亡。</translation>
    </message>
    <message>
        <source>{zeros} are exactly 0.</source>
        <translation>{zeros} 个恰好为 0。</translation>
    </message>
    <message>
        <source>{total} values.</source>
        <translation>{total} 个数值。</translation>
    </message>
    <message>
        <source>{count} of {total} values from {low} to {high}.</source>
        <translation>{total} 个数值中有 {count} 个在 {low} 到 {high} 之间。</translation>
    </message>
    <message>
        <source>In epoch {epoch}, step {step}, the loss or a weight stopped being a finite number: signals or steps were too large.</source>
        <extracomment>The loss as a share of the baseline below which it is told that there is little left of it.</extracomment>
        <translation>在第 {epoch} 轮的第 {step} 步，损失或某个权重不再是有限数：信号或步长太大。</translation>
    </message>
    <message>
        <source>Numbers have overflowed</source>
        <translation>数值溢出</translation>
    </message>
    <message>
        <source>All units of {layer} are the same</source>
        <translation>{layer}的所有单元都相同</translation>
    </message>
    <message>
        <source>Its {units} units have equal weights, so they get equal gradients and can never learn different things.</source>
        <translation>它的 {units} 个单元权重相等，因此得到的梯度也相等，永远学不到不同的东西。</translation>
    </message>
    <message>
        <source>Delta in the first layer is {factor} times that in the last (gradient RMS {first} and {last}): large weights multiply it from layer to layer.</source>
        <translation>第一层的 δ 是最后一层的 {factor} 倍（梯度均方根 {first} 和 {last}）：大的权重逐层把它放大。</translation>
    </message>
    <message>
        <source>Gradients explode on the way back</source>
        <translation>反向传播途中梯度爆炸</translation>
    </message>
    <message>
        <source>Delta in the first layer is {share} of that in the last (gradient RMS {first} and {last}): every layer on the way takes most of it away.</source>
        <translation>第一层的 δ 是最后一层的 {share}（梯度均方根 {first} 和 {last}）：途中每一层都削去了大部分。</translation>
    </message>
    <message>
        <source>Gradients vanish on the way back</source>
        <translation>反向传播途中梯度消失</translation>
    </message>
    <message>
        <source>All {units} ReLU units of {layer} are dead</source>
        <translation>{layer}的 {units} 个 ReLU 单元全部死亡</translation>
    </message>
    <message>
        <source>{dead} of {units} ReLU units of {layer} are dead</source>
        <translation>{layer}的 {units} 个 ReLU 单元中有 {dead} 个死亡</translation>
    </message>
    <message>
        <source>None of the {samples} samples brings their z above 0, so no gradient reaches them. Dead at the start: {at_start}. Updates did the rest.</source>
        <translation>{samples} 个样本中没有一个能使它们的 z 大于 0，所以没有梯度到达。一开始就死亡的：{at_start} 个。其余是更新造成的。</translation>
    </message>
    <message>
        <source>None of the {samples} samples brings their z above 0, so no gradient reaches them. The initial weights made them so.</source>
        <translation>{samples} 个样本中没有一个能使它们的 z 大于 0，所以没有梯度到达。这是初始权重造成的。</translation>
    </message>
    <message>
        <source>Learning rate {rate} is too high</source>
        <translation>学习率 {rate} 太高</translation>
    </message>
    <message>
        <source>{often} of the last 50 steps raised the loss, by {much} on average: they jump across the valley.</source>
        <translation>最近 50 步中有 {often} 使损失上升，平均上升 {much}：这些步跨过了谷底。</translation>
    </message>
    <message>
        <source>The loss was {lowest} around epoch {epoch} and is {latest} now: steps too large threw away what had been learnt.</source>
        <translation>损失在第 {epoch} 轮前后曾是 {lowest}，现在是 {latest}：步长太大，把学到的东西又丢掉了。</translation>
    </message>
    <message>
        <source>This update changes weights by {ratio} of their size, where about 0.1 % is usual.</source>
        <translation>这次更新使权重改变了其大小的 {ratio}，而通常约为 0.1 %。</translation>
    </message>
    <message>
        <source>Learning rate {rate} is too low</source>
        <translation>学习率 {rate} 太低</translation>
    </message>
    <message>
        <source>The slope is there, but an update changes the weights by {ratio} of their size at most. At this pace all {steps} steps of the run would take off {fall} of the loss.</source>
        <translation>斜率是有的，但一次更新最多使权重改变其大小的 {ratio}。照这个速度，整个运行的 {steps} 步只会使损失降低 {fall}。</translation>
    </message>
    <message>
        <source>{names} is asleep</source>
        <translation>沉睡：{names}</translation>
    </message>
    <message>
        <source>{names} are asleep</source>
        <translation>沉睡：{names}</translation>
    </message>
    <message>
        <source>The output for {sample} is saturated at the wrong end</source>
        <translation>{sample} 的输出在错误的一端饱和</translation>
    </message>
    <message>
        <source>Outputs are saturated where they are wrong</source>
        <translation>输出在答错的地方饱和</translation>
    </message>
    <message>
        <source>Hardly any of the test set is recognised: a saturated output has f′(z)&#xa0;≈&#xa0;0, so hardly any gradient mends it.</source>
        <translation>测试集几乎都认不出：饱和的输出 f′(z)&#xa0;≈&#xa0;0，几乎没有梯度来纠正它。</translation>
    </message>
    <message>
        <source>All wrong outputs are saturated: f′(z)&#xa0;≈&#xa0;0, so hardly any gradient mends them.</source>
        <translation>所有错误的输出都饱和：f′(z)&#xa0;≈&#xa0;0，几乎没有梯度来纠正它们。</translation>
    </message>
    <message>
        <source>{share} of the wrong outputs are saturated: f′(z)&#xa0;≈&#xa0;0, so hardly any gradient mends them.</source>
        <translation>错误的输出中有 {share} 饱和：f′(z)&#xa0;≈&#xa0;0，几乎没有梯度来纠正它们。</translation>
    </message>
    <message>
        <source>{name} woke in epoch {epoch}: {gain}&#xa0;points.</source>
        <translation>{name} 在第 {epoch} 轮醒来：{gain} 个百分点。</translation>
    </message>
    <message>
        <source>{sample} gives {output} instead of {target}</source>
        <translation>{sample} 给出 {output}，而不是 {target}</translation>
    </message>
    <message>
        <source>Stuck: sample {sample} stays wrong</source>
        <translation>卡住：样本 {sample} 一直错</translation>
    </message>
    <message>
        <source>Stuck: {count} samples stay wrong</source>
        <translation>卡住：{count} 个样本一直错</translation>
    </message>
    <message>
        <source>{wrong}. The loss has stayed near {latest} since epoch {since}: a local minimum.</source>
        <translation>{wrong}。自第 {since} 轮起，损失一直在 {latest} 附近：局部极小值。</translation>
    </message>
    <message>
        <source>{layer} is saturated</source>
        <translation>{layer}饱和</translation>
    </message>
    <message>
        <source>{share} of its activations lie where the curve is flat, f′(z) below 5&#xa0;% of its greatest: little gradient gets through to the weights before it.</source>
        <translation>其激活值有 {share} 处在曲线平坦的地方，f′(z) 低于最大值的 5 %：能传到它前面权重的梯度很少。</translation>
    </message>
    <message>
        <source>On a plateau since epoch {since}</source>
        <translation>自第 {since} 轮起处于平台期</translation>
    </message>
    <message>
        <source>The loss stays near {latest}, as if every sample were given the mean target.</source>
        <translation>损失停留在 {latest} 附近，就像给每个样本都答目标值的平均值一样。</translation>
    </message>
    <message>
        <source>The loss stays near {latest}.</source>
        <translation>损失停留在 {latest} 附近。</translation>
    </message>
    <message>
        <source>It falls faster and faster: the run is finding its way out.</source>
        <translation>它下降得越来越快：运行正在走出平台期。</translation>
    </message>
    <message>
        <source>The slope is shallow in every direction.</source>
        <translation>各个方向的斜率都很小。</translation>
    </message>
    <message>
        <source>So few steps show nothing yet. The numbers are of this moment.</source>
        <translation>步数太少，还看不出什么。这些数值是这一时刻的。</translation>
    </message>
    <message>
        <source>No step has been made yet, so there is nothing to judge.</source>
        <translation>还没有走过一步，所以没有可判断的。</translation>
    </message>
    <message>
        <source>Too early to tell</source>
        <translation>现在判断还太早</translation>
    </message>
    <message>
        <source>Nothing wrong to be seen</source>
        <translation>看不出问题</translation>
    </message>
    <message>
        <source>The loss is down to {latest}, {level} of what the mean target for every sample would give.</source>
        <translation>损失已降到 {latest}，是对每个样本都答目标值平均值时的 {level}。</translation>
    </message>
    <message>
        <source>The loss, {latest} now, fell by {change} over {period}.</source>
        <translation>损失现在为 {latest}，在{period}内下降了 {change}。</translation>
    </message>
    <message>
        <source>The loss, {latest} now, rose by {change} over {period}.</source>
        <translation>损失现在为 {latest}，在{period}内上升了 {change}。</translation>
    </message>
    <message>
        <source>The loss, {latest} now, hardly changed over {period}.</source>
        <translation>损失现在为 {latest}，在{period}内几乎没有变化。</translation>
    </message>
    <message>
        <source>the last {count} epochs</source>
        <translation>最近 {count} 轮</translation>
    </message>
    <message>
        <source>the last {count} batches</source>
        <translation>最近 {count} 个批次</translation>
    </message>
    <message>
        <source>This step has not computed all gradients yet.</source>
        <translation>这一步还没有算出全部梯度。</translation>
    </message>
    <message>
        <source>Update-to-weight ratio {high}.</source>
        <translation>更新与权重之比为 {high}。</translation>
    </message>
    <message>
        <source>Update-to-weight ratio {low} to {high}.</source>
        <translation>更新与权重之比为 {low} 到 {high}。</translation>
    </message>
</context>
<context>
    <name>DiagnosisPanel</name>
    <message>
        <source>Diagnosis</source>
        <extracomment>How much larger text is in a figure. The finding a person has unfolded, by its key.</extracomment>
        <translation>诊断</translation>
    </message>
    <message>
        <source>No moment of a run is shown yet.</source>
        <translation>还没有显示运行的任何时刻。</translation>
    </message>
    <message>
        <source>{heading}: {body}</source>
        <translation>{heading}：{body}</translation>
    </message>
    <message>
        <source>{layer}: gradient RMS {gradient}, weight RMS {weight}, update to weight {ratio}, {flat}.</source>
        <translation>{layer}：梯度均方根 {gradient}，权重均方根 {weight}，更新与权重之比 {ratio}，{flat}。</translation>
    </message>
    <message>
        <source>{share} saturated or dead</source>
        <translation>{share} 饱和或死亡</translation>
    </message>
    <message>
        <source>1 finding</source>
        <translation>1 项发现</translation>
    </message>
    <message>
        <source>{count} findings</source>
        <translation>{count} 项发现</translation>
    </message>
</context>
<context>
    <name>Enabling</name>
    <message>
        <source>A run is being made ready.</source>
        <translation>正在准备运行。</translation>
    </message>
    <message>
        <source>The run is at its start.</source>
        <translation>运行在起点。</translation>
    </message>
    <message>
        <source>The last epoch is done: more epochs let the run go on.</source>
        <translation>最后一轮已完成：增加轮数可以继续。</translation>
    </message>
    <message>
        <source>A field of the experiment cannot be used.</source>
        <translation>实验中有一项不能用。</translation>
    </message>
    <message>
        <source>The newest moment is on the screen.</source>
        <translation>画面上就是最新的时刻。</translation>
    </message>
    <message>
        <source>The run stands still.</source>
        <translation>运行停着。</translation>
    </message>
    <message>
        <source>No run has been kept.</source>
        <translation>没有保留的运行。</translation>
    </message>
    <message>
        <source>No epoch is complete yet.</source>
        <translation>还没有完成一轮。</translation>
    </message>
</context>
<context>
    <name>Equation</name>
    <message>
        <source>new {parameter}</source>
        <translation>新 {parameter}</translation>
    </message>
    <message>
        <source>rows {first}–{last} of {count}</source>
        <extracomment>How each matrix was written when it was last painted.</extracomment>
        <translation>第 {first}–{last} 行，共 {count} 行</translation>
    </message>
    <message>
        <source>{name}: not computed yet in this step</source>
        <extracomment>So many terms of a sum are written, fewer where they do not fit.</extracomment>
        <translation>{name}：这一步中还没有计算</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>另外 {count} 项</translation>
    </message>
    <message>
        <source>, and {value} after the update</source>
        <translation>，更新之后为 {value}</translation>
    </message>
    <message>
        <source>{function} of {value} among {count}</source>
        <translation>{count} 个中 {value} 的 {function}</translation>
    </message>
    <message>
        <source>minus its mean over the units that share the softmax</source>
        <translation>减去共享 softmax 的各单元的平均值</translation>
    </message>
    <message>
        <source>  is not computed yet in this step</source>
        <translation>  这一步中还没有计算</translation>
    </message>
    <message>
        <source>Before the first phase: only inputs, targets and parameters are known</source>
        <translation>第一个阶段之前：只知道输入、目标值和参数</translation>
    </message>
    <message>
        <source>{name} alone</source>
        <extracomment>The line below the matrices, and the room of the matrices.</extracomment>
        <translation>单独的 {name}</translation>
    </message>
    <message>
        <source>{name} alone: a batch of one, no update</source>
        <translation>单独的 {name}：只有一个样本的批次，没有更新</translation>
    </message>
    <message>
        <source>target</source>
        <extracomment>The units of the first layer that are shown as tiles, those with the largest delta first.</extracomment>
        <translation>目标值</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>  target {target}</source>
        <translation>  目标值 {target}</translation>
    </message>
    <message>
        <source>  the units that learn most here: largest |{delta}| of {count}</source>
        <translation>  这里学得最多的单元：{count} 个中 |{delta}| 最大的</translation>
    </message>
    <message>
        <source>  units with the largest |{delta}|</source>
        <translation>  |{delta}| 最大的单元</translation>
    </message>
    <message>
        <source>  sum over {count} samples</source>
        <translation>  对 {count} 个样本求和</translation>
    </message>
    <message>
        <source>Epoch {epoch} · batch {batch} · {phase}</source>
        <translation>轮次 {epoch} · 批次 {batch} · {phase}</translation>
    </message>
    <message>
        <source>before the first phase</source>
        <translation>第一个阶段之前</translation>
    </message>
    <message>
        <source>batch of {count} · {sample}</source>
        <translation>{count} 个样本的批次 · {sample}</translation>
    </message>
    <message>
        <source>The objective of this batch, which is differentiated</source>
        <translation>这个批次的目标函数，也就是被求导的函数</translation>
    </message>
    <message>
        <source>{unit}, sample {sample}</source>
        <translation>{unit}，样本 {sample}</translation>
    </message>
    <message>
        <source>bias of {unit}</source>
        <translation>{unit}的偏置</translation>
    </message>
    <message>
        <source>from {source} to {unit}</source>
        <translation>从{source}到{unit}</translation>
    </message>
    <message>
        <source>{place} · {name} is {size}</source>
        <translation>{place} · {name} 的大小为 {size}</translation>
    </message>
    <message>
        <source>the pixel in row {row}, column {column}</source>
        <translation>第 {row} 行第 {column} 列的像素</translation>
    </message>
    <message>
        <source>{name} alone, {sample}: a batch of one, without an update.</source>
        <translation>单独的 {name}，{sample}：只有一个样本的批次，没有更新。</translation>
    </message>
    <message>
        <source>Sample {number} in the {batch}.</source>
        <translation>样本 {number}，在{batch}中。</translation>
    </message>
    <message>
        <source>{phase} computes {formula}.</source>
        <translation>{phase} 计算 {formula}。</translation>
    </message>
    <message>
        <source>Outputs of the sample: {values}.</source>
        <translation>该样本的输出：{values}。</translation>
    </message>
    <message>
        <source>L is {value}.</source>
        <translation>L 为 {value}。</translation>
    </message>
    <message>
        <source>Layer {layer}: the sample&apos;s largest delta is {delta}, the largest gradient of a weight {gradient}.</source>
        <translation>第 {layer} 层：该样本最大的 δ 为 {delta}，权重梯度中最大的为 {gradient}。</translation>
    </message>
</context>
<context>
    <name>EquationPanel</name>
    <message>
        <source>Matrix form</source>
        <extracomment>Whether header and caption are those of the newest moment; they are not while nobody sees them. The view a person has chosen; until then the whole, where it can be read.</extracomment>
        <translation>矩阵形式</translation>
    </message>
</context>
<context>
    <name>ExperimentForm</name>
    <message>
        <source>Experiment</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>What the network learns: inputs, and what to answer.</source>
        <translation>网络要学的东西：输入，以及应有的回答。</translation>
    </message>
    <message>
        <source>Not installed: run {command}</source>
        <translation>未安装：请运行 {command}</translation>
    </message>
    <message>
        <source>Not part of the program that needs no Python: install Backscope with pip</source>
        <translation>不需要 Python 的程序里没有这一项：请用 pip 安装 Backscope</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>隐藏层</translation>
    </message>
    <message>
        <source>Units of each hidden layer, such as 128 or 128, 64; inputs and outputs come with the data. More units can tell more apart, and take longer. Without a hidden layer XOR cannot be learnt.</source>
        <translation>每个隐藏层的单元数，例如 128 或 128, 64；输入和输出由数据决定。单元越多，能区分的越多，也越费时。没有隐藏层就学不会 XOR。</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>What hidden units make of their sum. Its slope is a factor in every gradient that passes.</source>
        <translation>隐藏单元如何处理加权和。它的斜率是每个经过的梯度的一个因子。</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>What the output units make of their sum: it decides which objectives are possible.</source>
        <translation>输出单元如何处理加权和：它决定了可以用哪些目标函数。</translation>
    </message>
    <message>
        <source>Biases</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>A bias moves the point at which a unit switches. Without biases every boundary goes through zero.</source>
        <translation>偏置移动单元切换的位置。没有偏置，每条分界线都经过零点。</translation>
    </message>
    <message>
        <source>Initializer</source>
        <translation>初始化</translation>
    </message>
    <message>
        <source>How weights are drawn before training. Too large saturates units, too small starves them.</source>
        <translation>训练之前如何抽取权重。太大使单元饱和，太小使信号微弱。</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>目标函数</translation>
    </message>
    <message>
        <source>The number that training makes small: backpropagation computes its gradient.</source>
        <translation>训练要使其变小的数：反向传播计算它的梯度。</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>How a gradient becomes a step.</source>
        <translation>怎样由梯度得到一步。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>How far each update goes down the gradient. It applies to a running run at once.</source>
        <translation>每次更新沿梯度下降多远。对正在进行的运行立即生效。</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批量大小</translation>
    </message>
    <message>
        <source>Samples an update, or all. Small batches learn sooner and less steadily.</source>
        <translation>每次更新用多少样本，或全部。小批量学得更早，但不那么平稳。</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Passes over the training data. It applies to a running run at once.</source>
        <translation>遍历训练数据多少遍。对正在进行的运行立即生效。</translation>
    </message>
    <message>
        <source>Randomness</source>
        <translation>随机性</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Decides every random draw: the same seed gives the same run again.</source>
        <translation>决定每一次随机抽取：同样的种子会得到同样的运行。</translation>
    </message>
    <message>
        <source>Shuffle</source>
        <translation>打乱</translation>
    </message>
    <message>
        <source>Whether each epoch takes the samples in a new random order, so that batches differ.</source>
        <translation>是否每一轮都以新的随机顺序取样本，使批次各不相同。</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>How many digits each number has.</source>
        <translation>每个数有多少位。</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>mixed</source>
        <translation>混合</translation>
    </message>
    <message>
        <source>Layers differ; leave it so to keep each as it is.</source>
        <translation>各层不同；保持这样，每层就不变。</translation>
    </message>
    <message>
        <source>{inputs} –</source>
        <translation>{inputs} –</translation>
    </message>
    <message>
        <source>– {outputs}</source>
        <translation>– {outputs}</translation>
    </message>
    <message>
        <source>There is no hidden layer that could have one.</source>
        <translation>没有隐藏层可以使用它。</translation>
    </message>
    <message>
        <source>Use {activation} outputs</source>
        <translation>使用 {activation} 输出</translation>
    </message>
    <message>
        <source>Use {loss}</source>
        <translation>使用{loss}</translation>
    </message>
    <message>
        <source>Changes that one field, so that objective and outputs fit each other.</source>
        <translation>只改这一项，使目标函数和输出相互匹配。</translation>
    </message>
</context>
<context>
    <name>ExperimentText</name>
    <message>
        <source>This field is empty: write a value such as {example}.</source>
        <translation>这一项是空的：请填写一个值，例如 {example}。</translation>
    </message>
    <message>
        <source>“{text}” is not a whole number: write one in digits, such as 64.</source>
        <translation>“{text}”不是整数：请用数字填写，例如 64。</translation>
    </message>
    <message>
        <source>Write decimals with a point: {point} instead of {text}.</source>
        <translation>小数请用小数点：写 {point}，不要写 {text}。</translation>
    </message>
    <message>
        <source>“{text}” is not a number: write one such as 0.5.</source>
        <translation>“{text}”不是数：请填写例如 0.5 的数。</translation>
    </message>
    <message>
        <source>“{text}” does not list hidden layers: write the units of each, such as 128 or 128, 64.</source>
        <translation>“{text}”不是隐藏层的列表：请填写每层的单元数，例如 128 或 128, 64。</translation>
    </message>
    <message>
        <source>“{text}” is no batch size: write how many samples, such as 64, or {all}.</source>
        <translation>“{text}”不是批量大小：请填写样本数，例如 64，或 {all}。</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>all {samples}</source>
        <translation>全部 {samples}</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>Videos are not part of the program that needs no Python: choose GIF or install Backscope with pip.</source>
        <translation>不需要 Python 的程序里没有视频：请选择 GIF，或用 pip 安装 Backscope。</translation>
    </message>
    <message>
        <source>Videos need the package imageio-ffmpeg, which is not installed; install it with: {command}</source>
        <translation>视频需要软件包 imageio-ffmpeg，它没有安装；请这样安装：{command}</translation>
    </message>
    <message>
        <source>Nothing was saved, because a picture could not be drawn ({reason}); the log has the details, and other views can still be exported.</source>
        <translation>没有保存任何内容，因为有一幅图画不出来（{reason}）；日志里有详情，其他视图仍可导出。</translation>
    </message>
    <message>
        <source>Nothing was saved, because of an error in the program ({reason}); the log has the details, and your run is not affected.</source>
        <translation>没有保存任何内容，因为程序出了错（{reason}）；日志里有详情，你的运行不受影响。</translation>
    </message>
    <message>
        <source>Nothing was saved, because there is not enough room for it in {folder}; free some space or choose another folder.</source>
        <translation>没有保存任何内容，因为 {folder} 里空间不够；请腾出空间，或选择别的文件夹。</translation>
    </message>
    <message>
        <source>Nothing was saved, because {file} is a folder; rename that folder or choose another one.</source>
        <translation>没有保存任何内容，因为 {file} 是一个文件夹；请给它改名，或选择别的文件夹。</translation>
    </message>
    <message>
        <source>Nothing was saved, because {folder} is not a folder; choose a folder.</source>
        <translation>没有保存任何内容，因为 {folder} 不是文件夹；请选择一个文件夹。</translation>
    </message>
    <message>
        <source>Nothing was saved, because the folder {folder} does not exist; create it or choose another one.</source>
        <translation>没有保存任何内容，因为文件夹 {folder} 不存在；请创建它，或选择别的文件夹。</translation>
    </message>
    <message>
        <source>Nothing was saved, because you may not write into {folder}; choose a folder of your own.</source>
        <translation>没有保存任何内容，因为你没有权限写入 {folder}；请选择你自己的文件夹。</translation>
    </message>
    <message>
        <source>Nothing was saved, because {folder} could not be written to ({reason}); choose another folder.</source>
        <translation>没有保存任何内容，因为无法写入 {folder}（{reason}）；请选择别的文件夹。</translation>
    </message>
    <message>
        <source>about a second</source>
        <translation>约 1 秒</translation>
    </message>
    <message>
        <source>about {seconds} s</source>
        <translation>约 {seconds} 秒</translation>
    </message>
    <message>
        <source>about {minutes} min</source>
        <translation>约 {minutes} 分钟</translation>
    </message>
    <message>
        <source>about {hours} h</source>
        <translation>约 {hours} 小时</translation>
    </message>
    <message>
        <source>about {size}</source>
        <translation>约 {size}</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} 分 {seconds} 秒</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export as</source>
        <translation>导出为</translation>
    </message>
    <message>
        <source>Export</source>
        <extracomment>What cannot be exported so: the row to be mended, or &quot;&quot; for none of them, and a sentence.</extracomment>
        <translation>导出</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close this window; what is chosen stays.</source>
        <translation>关闭此窗口；所选内容会保留。</translation>
    </message>
    <message>
        <source>There is no preview of this yet.</source>
        <translation>还没有预览。</translation>
    </message>
    <message>
        <source>The run is being made ready.</source>
        <translation>正在准备运行。</translation>
    </message>
    <message>
        <source>The file has no name yet; give it one.</source>
        <translation>文件还没有名称；请起一个。</translation>
    </message>
    <message>
        <source>An export is under way; the next can begin when it is done.</source>
        <translation>正在导出；完成之后才能开始下一次。</translation>
    </message>
    <message>
        <source>Mend what is marked, then the export can begin.</source>
        <translation>请改正标出的内容，然后才能开始导出。</translation>
    </message>
    <message>
        <source>Make the file in the background; you can work and train on meanwhile.</source>
        <translation>在后台生成文件；期间可以继续工作和训练。</translation>
    </message>
</context>
<context>
    <name>ExportFlow</name>
    <message>
        <source>An export is under way; the next can begin when it is done.</source>
        <translation>正在导出；完成之后才能开始下一次。</translation>
    </message>
    <message>
        <source>Choose a folder for weights_update.gif and training_loss.gif</source>
        <translation>选择保存 weights_update.gif 和 training_loss.gif 的文件夹</translation>
    </message>
    <message>
        <source>Exporting {file}</source>
        <translation>正在导出 {file}</translation>
    </message>
    <message>
        <source>Exporting {file}: {time} left</source>
        <translation>正在导出 {file}：还需{time}</translation>
    </message>
    <message>
        <source>There is nothing to export yet, because no epoch is complete: play or step on, then try again.</source>
        <translation>还没有可以导出的，因为还没有完成一轮：请继续播放或前进，再试一次。</translation>
    </message>
    <message>
        <source>Exporting two animations into {folder}</source>
        <translation>正在把两个动画导出到 {folder}</translation>
    </message>
    <message>
        <source>Exporting two animations into {folder}: {time} left</source>
        <translation>正在把两个动画导出到 {folder}：还需{time}</translation>
    </message>
    <message>
        <source>Saved {file} in {folder}, in place of an older one.</source>
        <translation>已把 {file} 保存到 {folder}，替换了旧文件。</translation>
    </message>
    <message>
        <source>Saved {file} in {folder}.</source>
        <translation>已把 {file} 保存到 {folder}。</translation>
    </message>
    <message>
        <source>Saved {first} and {second} in {folder}, in place of older ones.</source>
        <translation>已把 {first} 和 {second} 保存到 {folder}，替换了旧文件。</translation>
    </message>
    <message>
        <source>Saved {first} and {second} in {folder}.</source>
        <translation>已把 {first} 和 {second} 保存到 {folder}。</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>The export was cancelled; no file was changed.</source>
        <translation>导出已取消；没有改动任何文件。</translation>
    </message>
</context>
<context>
    <name>ExportForm</name>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>For paper, and for light slides.</source>
        <translation>用于纸张和浅色幻灯片。</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>For dark slides.</source>
        <translation>用于深色幻灯片。</translation>
    </message>
    <message>
        <source>As suits the view</source>
        <translation>随视图而定</translation>
    </message>
    <message>
        <source>Weights in viridis; gradients and changes around zero.</source>
        <translation>权重用 Viridis；梯度和变化以零为中心。</translation>
    </message>
    <message>
        <source>Viridis</source>
        <translation>Viridis</translation>
    </message>
    <message>
        <source>From the smallest to the largest value, dark to bright.</source>
        <translation>从最小值到最大值，由深到亮。</translation>
    </message>
    <message>
        <source>Around zero</source>
        <translation>以零为中心</translation>
    </message>
    <message>
        <source>One colour for negative values, one for positive.</source>
        <translation>负值一种颜色，正值一种颜色。</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>One panel, or a picture composed of three.</source>
        <translation>一个面板，或由三个面板合成的图。</translation>
    </message>
    <message>
        <source>Moments</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Which part of the run, and which moments of it get a frame.</source>
        <translation>运行的哪一部分，其中哪些时刻成为一帧。</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>In pixels.</source>
        <translation>以像素计。</translation>
    </message>
    <message>
        <source>Each frame</source>
        <translation>每帧</translation>
    </message>
    <message>
        <source>How long a frame is shown; formats round it to hundredths of a second or less.</source>
        <translation>一帧显示多久；各种格式会舍入到百分之一秒或更小。</translation>
    </message>
    <message>
        <source>Hold the last</source>
        <translation>末帧停留</translation>
    </message>
    <message>
        <source>How much longer the last frame stays, before the animation begins again.</source>
        <translation>动画重新开始之前，最后一帧多停留多久。</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Light or dark, whatever the window is.</source>
        <translation>浅色或深色，与窗口无关。</translation>
    </message>
    <message>
        <source>Matrices</source>
        <translation>矩阵</translation>
    </message>
    <message>
        <source>How numbers become colours in matrices.</source>
        <translation>矩阵中的数怎样变成颜色。</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>A line above the picture, such as its message.</source>
        <translation>图上方的一行字，例如它要说明的内容。</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>GIF moves everywhere; videos are smaller.</source>
        <translation>GIF 到处都能播放；视频更小。</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Where the file goes; its ending names the format.</source>
        <translation>文件放在哪里；后缀表示格式。</translation>
    </message>
    <message>
        <source>Network, loss and matrices</source>
        <translation>网络、损失和矩阵</translation>
    </message>
    <message>
        <source>A picture composed of three panels.</source>
        <translation>由三个面板合成的图。</translation>
    </message>
</context>
<context>
    <name>ExportRequest</name>
    <message>
        <source>There is nothing to export, because no epoch, batch or phase of that size is complete between these moments; choose a smaller unit or a longer range, or play on.</source>
        <extracomment>What the composed picture shows.</extracomment>
        <translation>没有可以导出的，因为这些时刻之间还没有完成一个这样大小的轮次、批次或阶段；请选择更小的单位或更长的范围，或继续播放。</translation>
    </message>
    <message>
        <source>This would be {count} frames, and {most} are possible; show fewer of the moments.</source>
        <translation>这样会有 {count} 帧，而最多只能有 {most} 帧；请少显示一些时刻。</translation>
    </message>
    <message>
        <source>{file} does not end like a file that can be exported; end it with one of these: {suffixes}.</source>
        <translation>{file} 的后缀不是可以导出的格式；请使用以下后缀之一：{suffixes}。</translation>
    </message>
    <message>
        <source>No view is chosen; choose at least one.</source>
        <translation>没有选择视图；请至少选择一个。</translation>
    </message>
    <message>
        <source>There is no view named {view}; choose from {views}.</source>
        <translation>没有名为 {view} 的视图；请从 {views} 中选择。</translation>
    </message>
    <message>
        <source>The view {view} is chosen twice.</source>
        <translation>视图 {view} 选择了两次。</translation>
    </message>
    <message>
        <source>The view {view} has nothing to show of this run; choose another one.</source>
        <translation>视图 {view} 对这次运行没有可显示的内容；请选择别的视图。</translation>
    </message>
    <message>
        <source>No picture of {width} x {height} can be made; choose sides of {least} to {most} pixels.</source>
        <translation>无法生成 {width} x {height} 的图；请选择 {least} 到 {most} 像素的边长。</translation>
    </message>
    <message>
        <source>A video has an even width and height; choose {width} x {height}.</source>
        <translation>视频的宽和高必须是偶数；请选择 {width} x {height}。</translation>
    </message>
    <message>
        <source>A frame cannot last {ms} ms; choose {least} to {most} ms.</source>
        <translation>一帧不能持续 {ms} 毫秒；请选择 {least} 到 {most} 毫秒。</translation>
    </message>
    <message>
        <source>The last frame cannot stay {ms} ms longer; choose 0 to {most} ms.</source>
        <translation>最后一帧不能多停留 {ms} 毫秒；请选择 0 到 {most} 毫秒。</translation>
    </message>
    <message>
        <source>There is no theme named {theme}; choose {themes}.</source>
        <translation>没有名为 {theme} 的主题；请选择 {themes}。</translation>
    </message>
    <message>
        <source>There is no colour map named {name}; choose {names}.</source>
        <translation>没有名为 {name} 的颜色映射；请选择 {names}。</translation>
    </message>
    <message>
        <source>No moments can be chosen so; show every first, second ... moment, and at least one.</source>
        <translation>不能这样选择时刻；请每隔一个、两个……时刻显示一次，且至少显示一个。</translation>
    </message>
    <message>
        <source>{target} is a folder; give the name of a file.</source>
        <translation>{target} 是一个文件夹；请给出文件名。</translation>
    </message>
    <message>
        <source>The folder {folder} does not exist; create it or choose another one.</source>
        <translation>文件夹 {folder} 不存在；请创建它，或选择别的文件夹。</translation>
    </message>
</context>
<context>
    <name>FileFlow</name>
    <message>
        <source>Saved {file} as the run was at epoch {epoch}; it has gone on meanwhile.</source>
        <extracomment>Writes a run to a path; raises what ``save_session`` raises. What is to be opened once the file at hand is saved; where that fails, the present run stays. What has been read, until the window shows it: the file, what belongs to the run in it, and what to do then.</extracomment>
        <translation>已保存 {file}，内容是运行在第 {epoch} 轮时的样子；运行此后仍在继续。</translation>
    </message>
    <message>
        <source>Saved {file}, with the run at epoch {epoch}.</source>
        <translation>已保存 {file}，运行在第 {epoch} 轮。</translation>
    </message>
    <message>
        <source>Save as …</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Saving {file}</source>
        <translation>正在保存 {file}</translation>
    </message>
    <message>
        <source>Nothing was saved; an older {file} is as it was.</source>
        <translation>没有保存任何内容；原有的 {file} 保持不变。</translation>
    </message>
    <message>
        <source>Saved the parameters of epoch {epoch} in {file}.</source>
        <translation>已把第 {epoch} 轮的参数保存到 {file}。</translation>
    </message>
    <message>
        <source>Opening {file}</source>
        <translation>正在打开 {file}</translation>
    </message>
    <message>
        <source>Nothing was opened; the present run is as it was.</source>
        <translation>没有打开任何文件；现在这次运行保持不变。</translation>
    </message>
    <message>
        <source>{file} is not in {folder} any more; perhaps it has been moved or has another name now.</source>
        <translation>{file} 已不在 {folder} 中；它可能被移走或改了名。</translation>
    </message>
    <message>
        <source>Take it off the list</source>
        <translation>从列表中移除</translation>
    </message>
    <message>
        <source>Another file is still being saved or opened; try again when that is done.</source>
        <translation>另一个文件还在保存或打开；请稍后再试。</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Open a run</source>
        <translation>打开运行</translation>
    </message>
    <message>
        <source>Save this run</source>
        <translation>保存这次运行</translation>
    </message>
    <message>
        <source>Save the parameters of the moment on the screen</source>
        <translation>保存屏幕上这一时刻的参数</translation>
    </message>
    <message>
        <source>For NumPy (*.npz)</source>
        <translation>供 NumPy 使用 (*.npz)</translation>
    </message>
    <message>
        <source>For other libraries (*.safetensors)</source>
        <translation>供其他库使用 (*.safetensors)</translation>
    </message>
    <message>
        <source>Runs of Backscope (*{suffix})</source>
        <translation>Backscope 的运行 (*{suffix})</translation>
    </message>
    <message>
        <source>This run is not being kept safe against a crash, because there is not enough room for it in {folder}; free some space, or save the run somewhere else.</source>
        <translation>这次运行目前没有崩溃备份，因为 {folder} 中空间不足；请腾出一些空间，或把这次运行保存到别处。</translation>
    </message>
    <message>
        <source>This run is not being kept safe against a crash, because {folder} could not be written to ({reason}); save the run yourself now and then.</source>
        <translation>这次运行目前没有崩溃备份，因为无法写入 {folder}（{reason}）；请不时自己保存一下。</translation>
    </message>
    <message>
        <source>{file}: {sentence}</source>
        <translation>{file}：{sentence}</translation>
    </message>
    <message>
        <source>{file} was not saved, because there is not enough room for it in {folder}; free some space, or save it somewhere else.</source>
        <translation>{file} 未保存，因为 {folder} 中空间不足；请腾出空间，或保存到别处。</translation>
    </message>
    <message>
        <source>{file} was not saved, because you may not write into {folder}; save it in a folder of your own.</source>
        <translation>{file} 未保存，因为你无权写入 {folder}；请保存到自己的文件夹。</translation>
    </message>
    <message>
        <source>{file} was not saved, because the folder {folder} is not there any more; save it somewhere else.</source>
        <translation>{file} 未保存，因为文件夹 {folder} 已不存在；请保存到别处。</translation>
    </message>
    <message>
        <source>{file} was not saved, because a folder has this name; choose another name.</source>
        <translation>{file} 未保存，因为有个文件夹叫这个名字；请换一个名字。</translation>
    </message>
    <message>
        <source>{file} was not saved, because {folder} could not be written to ({reason}); save it somewhere else.</source>
        <translation>{file} 未保存，因为无法写入 {folder}（{reason}）；请保存到别处。</translation>
    </message>
    <message>
        <source>{file} was not opened, because it is not in {folder} any more; look for it with Open.</source>
        <translation>{file} 未打开，因为它已不在 {folder} 中；请用“打开”查找它。</translation>
    </message>
    <message>
        <source>{file} was not opened, because you may not read it; ask its owner for a copy.</source>
        <translation>{file} 未打开，因为你无权读取；请向它的所有者索取副本。</translation>
    </message>
    <message>
        <source>{file} was not opened, because it is a folder; choose a file that ends in .backprop.</source>
        <translation>{file} 未打开，因为它是文件夹；请选择以 .backprop 结尾的文件。</translation>
    </message>
    <message>
        <source>{file} was not opened, because there is not enough memory for it; close other programs first.</source>
        <translation>{file} 未打开，因为内存不足；请先关闭其他程序。</translation>
    </message>
    <message>
        <source>{file} was not opened, because it could not be read ({reason}); open another copy of it.</source>
        <translation>{file} 未打开，因为无法读取（{reason}）；请打开它的另一份副本。</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>最近打开</translation>
    </message>
    <message>
        <source>Save as …</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Backscope ended before a run was saved. It was kept safe, as it was on {time}.</source>
        <translation>Backscope 在运行保存之前就结束了。这次运行已妥善保留，内容截至 {time}。</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>打开它</translation>
    </message>
    <message>
        <source>Discard it</source>
        <translation>丢弃它</translation>
    </message>
    <message>
        <source>Unsaved run[*] – Backscope</source>
        <translation>未保存的运行[*] – Backscope</translation>
    </message>
    <message>
        <source>Clear this list</source>
        <translation>清空列表</translation>
    </message>
    <message>
        <source>Forget these files; the files themselves stay where they are.</source>
        <translation>忘记这些文件；文件本身仍在原处。</translation>
    </message>
</context>
<context>
    <name>Formats</name>
    <message>
        <source>GIF</source>
        <translation>GIF</translation>
    </message>
    <message>
        <source>APNG, all colours</source>
        <translation>APNG，全部颜色</translation>
    </message>
    <message>
        <source>WebP, all colours</source>
        <translation>WebP，全部颜色</translation>
    </message>
    <message>
        <source>MP4 video</source>
        <translation>MP4 视频</translation>
    </message>
    <message>
        <source>WebM video</source>
        <translation>WebM 视频</translation>
    </message>
    <message>
        <source>Numbered PNG pictures, zipped</source>
        <translation>编号的 PNG 图片（ZIP 打包）</translation>
    </message>
    <message>
        <source>PNG picture</source>
        <translation>PNG 图片</translation>
    </message>
    <message>
        <source>SVG drawing</source>
        <translation>SVG 矢量图</translation>
    </message>
    <message>
        <source>CSV table of the metrics</source>
        <translation>度量的 CSV 表格</translation>
    </message>
</context>
<context>
    <name>GradientCheck</name>
    <message>
        <source>could not be asked ({reason}); the log has the details</source>
        <extracomment>How many samples of the batch are checked, and how many numbers of each parameter at most.</extracomment>
        <translation>无法询问（{reason}）；日志里有详情</translation>
    </message>
    <message>
        <source>The check has stopped for a reason that should not exist ({reason}); the run is untouched, and the log file has the details.</source>
        <translation>检查因不应出现的原因停止了（{reason}）；运行没有受影响，日志文件里有详情。</translation>
    </message>
</context>
<context>
    <name>GradientCheckDialog</name>
    <message>
        <source>Check gradients</source>
        <translation>检查梯度</translation>
    </message>
    <message>
        <source>Progress of the check</source>
        <translation>检查的进度</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>What was checked</source>
        <translation>检查了什么</translation>
    </message>
    <message>
        <source>Parameter</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>The array of weights or biases.</source>
        <translation>权重或偏置的数组。</translation>
    </message>
    <message>
        <source>Numbers
checked</source>
        <translation>检查的
个数</translation>
    </message>
    <message>
        <source>How many numbers of the array were compared with central differences, drawn at random.</source>
        <translation>数组中有多少个数（随机抽取）与中心差分作了比较。</translation>
    </message>
    <message>
        <source>Largest relative error
against {opinion}</source>
        <translation>最大相对误差
（{opinion}）</translation>
    </message>
    <message>
        <source>The largest relative error against (L(w + h) − L(w − h)) / 2h, which needs the forward pass only.</source>
        <translation>与 (L(w + h) − L(w − h)) / 2h 比较的最大相对误差，它只需要前向传播。</translation>
    </message>
    <message>
        <source>The largest relative error of all numbers of the array against TensorFlow&apos;s GradientTape.</source>
        <translation>数组中所有数与 TensorFlow 的 GradientTape 比较的最大相对误差。</translation>
    </message>
    <message>
        <source>Checking …</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Checking … {done} of {total} numbers</source>
        <translation>正在检查… {total} 个数中的 {done} 个</translation>
    </message>
    <message>
        <source>Waiting for TensorFlow, which takes a few seconds to load …</source>
        <translation>正在等待 TensorFlow，加载它需要几秒钟…</translation>
    </message>
    <message>
        <source>Please report this as a bug, with the table that Copy gives you.</source>
        <translation>请把这当作程序错误报告，并附上“复制”得到的表格。</translation>
    </message>
    <message>
        <source>The check was cancelled: nothing is known of the gradients of this moment.</source>
        <translation>检查已取消：这一时刻的梯度是否正确，无从得知。</translation>
    </message>
    <message>
        <source>Checked at epoch {epoch}, batch {batch}, before the first phase</source>
        <translation>检查于轮次 {epoch}，批次 {batch}，第一个阶段之前</translation>
    </message>
    <message>
        <source>Checked at epoch {epoch}, batch {batch}, after {phase}</source>
        <translation>检查于轮次 {epoch}，批次 {batch}，“{phase}”之后</translation>
    </message>
    <message>
        <source>{moment}, with {samples} of the {count} samples of its batch, in float64.</source>
        <translation>{moment}，用其批次 {count} 个样本中的 {samples} 个，以 float64 计算。</translation>
    </message>
    <message>
        <source>{moment}, with the {count} samples of its batch, in float64.</source>
        <translation>{moment}，用其批次的 {count} 个样本，以 float64 计算。</translation>
    </message>
    <message>
        <source>Copy the table with all details, and the verdict, as text.</source>
        <translation>把带有全部细节的表格和结论复制为文本。</translation>
    </message>
    <message>
        <source>There is nothing to copy before the check is complete.</source>
        <translation>检查完成之前没有可复制的。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Give this check up.</source>
        <translation>放弃这次检查。</translation>
    </message>
    <message>
        <source>Close this window; the run is untouched.</source>
        <translation>关闭此窗口；运行不受影响。</translation>
    </message>
    <message>
        <source>{opinion}: {absence}</source>
        <translation>{opinion}：{absence}</translation>
    </message>
    <message>
        <source>{count} of {total}</source>
        <translation>{count} / {total}</translation>
    </message>
    <message>
        <source>right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>wrong: the limit is {limit}</source>
        <translation>错误：限度为 {limit}</translation>
    </message>
    <message>
        <source>Largest at {name}{place}: ours {ours}, theirs {theirs}.</source>
        <translation>最大处在 {name}{place}：我们的 {ours}，对方的 {theirs}。</translation>
    </message>
</context>
<context>
    <name>GradientReport</name>
    <message>
        <source>Every gradient is right: the limit for the relative error is {limit}.</source>
        <extracomment>Whoever shows these can translate them first; a value goes in afterwards.</extracomment>
        <translation>每个梯度都正确：相对误差的限度为 {limit}。</translation>
    </message>
    <message>
        <source>Every gradient that could be checked is right: the limit for the relative error is {limit}.</source>
        <translation>凡能检查的梯度都正确：相对误差的限度为 {limit}。</translation>
    </message>
    <message>
        <source>At least one gradient is WRONG: the limit for the relative error is {limit}.</source>
        <translation>至少有一个梯度是错误的：相对误差的限度为 {limit}。</translation>
    </message>
    <message>
        <source>Nothing could be checked: every number lies at the corner of a ReLU, where no difference can be taken.</source>
        <translation>什么都无法检查：每个数都在 ReLU 的拐角处，那里不能取差分。</translation>
    </message>
    <message>
        <source>not installed ({command})</source>
        <translation>未安装（{command}）</translation>
    </message>
    <message>
        <source>not part of the program that needs no Python; to ask it, install Backscope with pip</source>
        <translation>不包含在不需要 Python 的程序里；要询问它，请用 pip 安装 Backscope</translation>
    </message>
    <message>
        <source>Left out: {count} numbers at the corner of a ReLU, where a difference is the slope of neither side.</source>
        <translation>未检查：{count} 个数在 ReLU 的拐角处，那里的差分不是任何一侧的斜率。</translation>
    </message>
    <message>
        <source>central differences</source>
        <translation>中心差分</translation>
    </message>
    <message>
        <source>checked</source>
        <translation>已检查</translation>
    </message>
    <message>
        <source>largest relative error</source>
        <translation>最大相对误差</translation>
    </message>
    <message>
        <source>at</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>ours</source>
        <translation>我们的</translation>
    </message>
    <message>
        <source>theirs</source>
        <translation>对方的</translation>
    </message>
</context>
<context>
    <name>GuidePanel</name>
    <message>
        <source>Guide</source>
        <extracomment>Whether the page is still that of another step, as nobody has looked since.</extracomment>
        <translation>引导</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>{lesson} · {step} of {count}</source>
        <translation>{lesson} · 第 {step} 步，共 {count} 步</translation>
    </message>
    <message>
        <source>This is the first step; there is none before it.</source>
        <translation>这是第一步；前面没有了。</translation>
    </message>
    <message>
        <source>To the step before (Alt+Left)</source>
        <translation>到上一步 (Alt+Left)</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Forget the predictions of this lesson, and begin it again (Alt+Right)</source>
        <translation>忘掉这一课的预测，重新开始 (Alt+Right)</translation>
    </message>
    <message>
        <source>To the next step (Alt+Right)</source>
        <translation>到下一步 (Alt+Right)</translation>
    </message>
</context>
<context>
    <name>HistogramPane</name>
    <message>
        <source>mean {mean} · std {deviation}</source>
        <extracomment>On a logarithmic axis a count of one stands this much above the axis, in powers of ten. Panes lower or narrower than this have no names at their axes.</extracomment>
        <translation>均值 {mean} · 标准差 {deviation}</translation>
    </message>
    <message>
        <source>{low} to {high}: {count}</source>
        <translation>{low} 到 {high}：{count}</translation>
    </message>
    <message>
        <source>{count} of {total} lie between {low} and {high}: {share} %</source>
        <translation>{total} 个中有 {count} 个在 {low} 到 {high} 之间：{share} %</translation>
    </message>
    <message>
        <source>{count} of these are exactly 0</source>
        <translation>其中 {count} 个恰好为 0</translation>
    </message>
    <message>
        <source>The strokes under the axis are the biases</source>
        <translation>坐标轴下的短线是偏置</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>{name} in NumPy · epoch {epoch}, batch {batch}, phase {phase} of {phases}</source>
        <translation>NumPy 中的 {name} · 轮次 {epoch}，批次 {batch}，阶段 {phase}/{phases}</translation>
    </message>
    <message>
        <source>sample {number} of {count}</source>
        <translation>样本 {number}/{count}</translation>
    </message>
    <message>
        <source>the other {count}</source>
        <translation>其余 {count} 个</translation>
    </message>
    <message>
        <source>Sum over {count} samples</source>
        <translation>对 {count} 个样本求和</translation>
    </message>
    <message>
        <source>The update has been made</source>
        <translation>更新已完成</translation>
    </message>
    <message>
        <source>The update will give</source>
        <translation>更新将得到</translation>
    </message>
    <message>
        <source>Not computed yet in this step: the gradient comes with the backward phase of layer {layer}.</source>
        <translation>这一步中还没有计算：梯度在第 {layer} 层的反向阶段得到。</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>还没有</translation>
    </message>
    <message>
        <source>Unit {unit} of layer {layer} · epoch {epoch}, batch {batch}, phase {phase} of {phases}</source>
        <translation>第 {layer} 层的单元 {unit} · 轮次 {epoch}，批次 {batch}，阶段 {phase}/{phases}</translation>
    </message>
    <message>
        <source>the other {count} inputs</source>
        <translation>其余 {count} 个输入</translation>
    </message>
    <message>
        <source>Not computed yet in this step: {symbol} comes with the {kind} phase of layer {layer}.</source>
        <translation>这一步中还没有计算：{symbol} 在第 {layer} 层的{kind}阶段得到。</translation>
    </message>
    <message>
        <source>Not computed yet in this step.</source>
        <translation>这一步中还没有计算。</translation>
    </message>
    <message>
        <source>sum over {count} samples {total}</source>
        <translation>{count} 个样本之和 {total}</translation>
    </message>
    <message>
        <source>updated {letter} = {old} − {eta} · {gradient} = </source>
        <translation>更新后的 {letter} = {old} − {eta} · {gradient} = </translation>
    </message>
    <message>
        <source>new {letter} = {old} − {eta} · {gradient} = </source>
        <translation>新的 {letter} = {old} − {eta} · {gradient} = </translation>
    </message>
    <message>
        <source>The gradient, the sum of all shares: {value}</source>
        <translation>梯度，即所有贡献之和：{value}</translation>
    </message>
    <message>
        <source>the units share 1; the line is the target</source>
        <extracomment>None also where there is no room for it.</extracomment>
        <translation>各单元共享 1；横线是目标值</translation>
    </message>
    <message>
        <source>the units share 1</source>
        <translation>各单元共享 1</translation>
    </message>
    <message>
        <source>what it gains, the others lose</source>
        <translation>它增加多少，其他就减少多少</translation>
    </message>
    <message>
        <source>changes with z of {name} by {value}</source>
        <translation>随 {name} 的 z 变化 {value}</translation>
    </message>
    <message>
        <source>target = {value}</source>
        <translation>目标值 = {value}</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <extracomment>Up to so many inputs a sample is called by its inputs, beyond by its number.</extracomment>
        <translation>{number}/{count}</translation>
    </message>
    <message>
        <source>the bias of {target}</source>
        <translation>{target}的偏置</translation>
    </message>
    <message>
        <source>from {source} to {target}</source>
        <translation>从{source}到{target}</translation>
    </message>
    <message>
        <source>Not computed yet in this step: the gradient comes next, with {phase}.</source>
        <translation>这一步中还没有计算：梯度接下来由“{phase}”得到。</translation>
    </message>
    <message>
        <source>Not computed yet in this step: the gradient comes with {phase}. Next is {coming}.</source>
        <translation>这一步中还没有计算：梯度由“{phase}”得到。接下来是{coming}。</translation>
    </message>
    <message>
        <source>Unit {unit} of layer {layer}</source>
        <translation>第 {layer} 层的单元 {unit}</translation>
    </message>
    <message>
        <source>Not computed yet in this step: z comes next, with {phase}.</source>
        <translation>这一步中还没有计算：z 接下来由“{phase}”得到。</translation>
    </message>
    <message>
        <source>Not computed yet in this step: z comes with {phase}. Next is {coming}.</source>
        <translation>这一步中还没有计算：z 由“{phase}”得到。接下来是{coming}。</translation>
    </message>
    <message>
        <source>δ comes next, with {phase}.</source>
        <translation>δ 接下来由“{phase}”得到。</translation>
    </message>
    <message>
        <source>δ comes with {phase}. Next is {coming}.</source>
        <translation>δ 由“{phase}”得到。接下来是{coming}。</translation>
    </message>
    <message>
        <source>This network has {count} inputs, and no input {unit}: choose another one.</source>
        <translation>这个网络有 {count} 个输入，没有输入 {unit}：请选择别的。</translation>
    </message>
    <message>
        <source>{name} is an input: its value {value} is given by the sample, not computed, so it has no z, no slope and no δ. Choose a unit of a layer instead.</source>
        <translation>{name}是输入：它的值 {value} 由样本给出，不是计算出来的，所以没有 z、斜率和 δ。请选择某一层的单元。</translation>
    </message>
    <message>
        <source>{name}, {words}.</source>
        <translation>{name}，{words}。</translation>
    </message>
    <message>
        <source>{words} Sample {sample} adds {share} to the gradient; the sum over {count} samples is {total}. Update: {old} minus {eta} times {gradient} gives {new}.</source>
        <translation>{words}样本 {sample} 给梯度的贡献是 {share}；{count} 个样本之和为 {total}。更新：{old} 减去 {eta} 乘 {gradient}，得 {new}。</translation>
    </message>
    <message>
        <source>{unit}, {name}, sample {sample}.</source>
        <translation>{unit}，{name}，样本 {sample}。</translation>
    </message>
    <message>
        <source>z is {z}, a is {a}, the slope is {slope}.</source>
        <translation>z 为 {z}，a 为 {a}，斜率为 {slope}。</translation>
    </message>
    <message>
        <source>Delta is {delta}.</source>
        <translation>δ 为 {delta}。</translation>
    </message>
    <message>
        <source>a of each sample</source>
        <extracomment>Rows of formulas, each with its top left corner. Sentences, which stand in one line or several.</extracomment>
        <translation>每个样本的 a</translation>
    </message>
    <message>
        <source>δ of each sample; their sum, {total}, is the gradient of b</source>
        <translation>每个样本的 δ；它们之和 {total} 就是 b 的梯度</translation>
    </message>
    <message>
        <source>δ of each sample</source>
        <translation>每个样本的 δ</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>沉默</translation>
    </message>
    <message>
        <source>saturated</source>
        <translation>饱和</translation>
    </message>
    <message>
        <source>all {count} inputs</source>
        <extracomment>Worked out when somebody points at a term: a page is made for every moment, and hardly ever pointed at.</extracomment>
        <translation>全部 {count} 个输入</translation>
    </message>
    <message>
        <source>{count} others</source>
        <translation>另外 {count} 个</translation>
    </message>
    <message>
        <source>The sum of all weights times their inputs.</source>
        <translation>所有权重与其输入的乘积之和。</translation>
    </message>
    <message>
        <source>All other weights times their inputs, which add less each.</source>
        <translation>所有其他权重与其输入的乘积，每一项都较小。</translation>
    </message>
    <message>
        <source>What is added whatever comes in: {value}</source>
        <translation>不管输入什么都加上的数：{value}</translation>
    </message>
    <message>
        <source>What comes in: z = {value}</source>
        <translation>进来的：z = {value}</translation>
    </message>
    <message>
        <source>What goes out: a = {value}</source>
        <translation>出去的：a = {value}</translation>
    </message>
    <message>
        <source>How steep the function is at z: {value}</source>
        <translation>函数在 z 处有多陡：{value}</translation>
    </message>
    <message>
        <source>How this sample&apos;s objective changes with z: δ = {value}</source>
        <translation>这个样本的目标函数如何随 z 变化：δ = {value}</translation>
    </message>
    <message>
        <source>From {source}: weight {weight} times {value}. Click to see this weight&apos;s gradient.</source>
        <translation>来自{source}：权重 {weight} 乘 {value}。点击查看这个权重的梯度。</translation>
    </message>
    <message>
        <source>Not a number.</source>
        <extracomment>How much is said.</extracomment>
        <translation>不是数。</translation>
    </message>
    <message>
        <source>z or the slope is no finite number here: the run has diverged.</source>
        <translation>这里的 z 或斜率不是有限数：运行已发散。</translation>
    </message>
    <message>
        <source>Linear.</source>
        <translation>线性。</translation>
    </message>
    <message>
        <source>f′(z) = 1 everywhere: the error passes whole, and nothing saturates.</source>
        <translation>处处 f′(z) = 1：误差完整通过，不会饱和。</translation>
    </message>
    <message>
        <source>Saturated.</source>
        <translation>饱和。</translation>
    </message>
    <message>
        <source>hardly any error passes</source>
        <translation>几乎没有误差能通过</translation>
    </message>
    <message>
        <source>Half asleep.</source>
        <translation>半沉睡。</translation>
    </message>
    <message>
        <source>only part of the error passes</source>
        <translation>只有一部分误差能通过</translation>
    </message>
    <message>
        <source>Awake.</source>
        <translation>醒着。</translation>
    </message>
    <message>
        <source>most of the error passes</source>
        <translation>大部分误差能通过</translation>
    </message>
    <message>
        <source>Cannot fall asleep.</source>
        <translation>不会沉睡。</translation>
    </message>
    <message>
        <source>with this objective it cancels, so the error passes whole</source>
        <translation>在这个目标函数下它被约去，所以误差完整通过</translation>
    </message>
    <message>
        <source>{slope} is {share} of its greatest, but cancels with this objective.</source>
        <translation>{slope} 是其最大值的 {share}，但在这个目标函数下被约去。</translation>
    </message>
    <message>
        <source>{slope} is {share} of its greatest.</source>
        <translation>{slope} 是其最大值的 {share}。</translation>
    </message>
    <message>
        <source>{slope} is {share} of its greatest value, {greatest}: {meaning}.</source>
        <translation>{slope} 是其最大值 {greatest} 的 {share}：{meaning}。</translation>
    </message>
    <message>
        <source>Active.</source>
        <translation>活跃。</translation>
    </message>
    <message>
        <source>z &gt; 0, so f′(z) = 1: the error passes whole.</source>
        <translation>z &gt; 0，所以 f′(z) = 1：误差完整通过。</translation>
    </message>
    <message>
        <source>Silent for {count} of {samples} samples.</source>
        <translation>对 {samples} 个样本中的 {count} 个沉默。</translation>
    </message>
    <message>
        <source>Dead in this batch.</source>
        <translation>在这个批次中死亡。</translation>
    </message>
    <message>
        <source>z ≤ 0, so f′(z) = 0, for all {samples} samples: no error passes, and its weights stand still.</source>
        <translation>对全部 {samples} 个样本都有 z ≤ 0，所以 f′(z) = 0：没有误差能通过，它的权重不再变化。</translation>
    </message>
    <message>
        <source>Silent.</source>
        <translation>沉默。</translation>
    </message>
    <message>
        <source>z ≤ 0, so f′(z) = 0: no error passes.</source>
        <translation>z ≤ 0，所以 f′(z) = 0：没有误差能通过。</translation>
    </message>
    <message>
        <source>So it is for {count} of {samples} samples.</source>
        <translation>{samples} 个样本中有 {count} 个是这样。</translation>
    </message>
    <message>
        <source>So it is for all {samples} samples.</source>
        <translation>全部 {samples} 个样本都是这样。</translation>
    </message>
    <message>
        <source>Saturated for {count} of {samples} samples.</source>
        <translation>对 {samples} 个样本中的 {count} 个饱和。</translation>
    </message>
    <message>
        <source>Saturated for none of {samples} samples.</source>
        <translation>对 {samples} 个样本都不饱和。</translation>
    </message>
    <message>
        <source>less than 0.001 %</source>
        <translation>&lt;0.001 %</translation>
    </message>
    <message>
        <source>{number} %</source>
        <translation>{number} %</translation>
    </message>
    <message>
        <source>Arrays count from 0, as NumPy does; the formula counts units from 1.</source>
        <translation>数组与 NumPy 一样从 0 计数；公式中的单元从 1 计数。</translation>
    </message>
    <message>
        <source>The objective&apos;s own factor: it is a mean over the batch.</source>
        <translation>目标函数自己的因子：它是批次上的平均。</translation>
    </message>
    <message>
        <source>The error: output minus target.</source>
        <translation>误差：输出减去目标值。</translation>
    </message>
    <message>
        <source>The error: output times the sum of the targets, minus target.</source>
        <translation>误差：输出乘目标值之和，减去目标值。</translation>
    </message>
    <message>
        <source>The error, minus the mean error of the outputs that share the softmax.</source>
        <translation>误差，减去共享 softmax 的各输出的平均误差。</translation>
    </message>
    <message>
        <source>Delta of the unit above: how the objective changes with its z.</source>
        <translation>上一层单元的 δ：目标函数如何随它的 z 变化。</translation>
    </message>
    <message>
        <source>The weight through which the error comes back.</source>
        <translation>误差传回来所经过的权重。</translation>
    </message>
    <message>
        <source>What comes back from the layer above: each unit&apos;s delta times the weight that leads to it.</source>
        <translation>从上一层传回来的量：每个单元的 δ 乘通向它的权重。</translation>
    </message>
    <message>
        <source>What comes back from the layer above, minus its mean over the units that share the softmax.</source>
        <translation>从上一层传回来的量，减去共享 softmax 的各单元的平均值。</translation>
    </message>
    <message>
        <source>The slope of the activation. Near 0 the unit is saturated, and hardly any gradient passes.</source>
        <translation>激活函数的斜率。接近 0 时单元饱和，几乎没有梯度通过。</translation>
    </message>
    <message>
        <source>The unit&apos;s own share of the softmax.</source>
        <translation>该单元自己在 softmax 中所占的份额。</translation>
    </message>
    <message>
        <source>What came in through this connection; 1 for a bias.</source>
        <translation>经过这条连接进来的值；对偏置来说是 1。</translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message>
        <source>Copy as text</source>
        <extracomment>What is explained until a person chooses: the first large gradient that was seen in this run.</extracomment>
        <translation>复制为文本</translation>
    </message>
    <message>
        <source>Copy as LaTeX</source>
        <translation>复制为 LaTeX</translation>
    </message>
    <message>
        <source>Copy formula and numbers as text: what is shown can be multiplied and added by hand</source>
        <translation>把公式和数值复制为文本：所显示的数可以用手算相乘、相加来核对</translation>
    </message>
    <message>
        <source>Copy formula and numbers for a paper or slides; needs the package amsmath</source>
        <translation>复制公式和数值，用于论文或幻灯片；需要 amsmath 宏包</translation>
    </message>
    <message>
        <source>There is nothing to copy, because nothing is explained: choose a connection or a unit</source>
        <translation>没有可复制的，因为没有解释任何东西：请选择一条连接或一个单元</translation>
    </message>
    <message>
        <source>Why this gradient?</source>
        <translation>为什么是这个梯度？</translation>
    </message>
    <message>
        <source>{unit} · sample {sample}</source>
        <translation>{unit} · 样本 {sample}</translation>
    </message>
    <message>
        <source>{name} = {value} · sample {sample}</source>
        <translation>{name} = {value} · 样本 {sample}</translation>
    </message>
</context>
<context>
    <name>Kept</name>
    <message>
        <source>run {number}, kept</source>
        <translation>运行 {number}，已保留</translation>
    </message>
    <message>
        <source>run {number}</source>
        <translation>运行 {number}</translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search among the actions</source>
        <translation>在操作中搜索</translation>
    </message>
    <message>
        <source>Show only the actions whose name, meaning or key has these words in it.</source>
        <translation>只显示名称、含义或按键中包含这些字的操作。</translation>
    </message>
    <message>
        <source>No action has these words in it.</source>
        <translation>没有操作包含这些字。</translation>
    </message>
    <message>
        <source>Where the focus is</source>
        <translation>焦点所在之处</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Back in time</source>
        <translation>回到过去</translation>
    </message>
    <message>
        <source>Compare and check</source>
        <translation>比较与检查</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Next control</source>
        <translation>下一个控件</translation>
    </message>
    <message>
        <source>Control before</source>
        <translation>上一个控件</translation>
    </message>
    <message>
        <source>Timeline: an epoch on</source>
        <translation>时间轴前进一轮</translation>
    </message>
    <message>
        <source>Timeline: an epoch back</source>
        <translation>时间轴后退一轮</translation>
    </message>
    <message>
        <source>Timeline: the start</source>
        <translation>时间轴起点</translation>
    </message>
    <message>
        <source>Timeline: the newest moment</source>
        <translation>时间轴最新时刻</translation>
    </message>
    <message>
        <source>Guide: next step</source>
        <translation>引导下一步</translation>
    </message>
    <message>
        <source>Guide: step before</source>
        <translation>引导上一步</translation>
    </message>
    <message>
        <source>Field: use what was typed</source>
        <translation>采用输入</translation>
    </message>
    <message>
        <source>Field: take it back</source>
        <translation>撤回输入</translation>
    </message>
</context>
<context>
    <name>LanguageMenu</name>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Let the program speak this language; a run goes on meanwhile.</source>
        <translation>让界面使用这种语言；训练照常继续。</translation>
    </message>
</context>
<context>
    <name>Languages</name>
    <message>
        <source>en</source>
        <translation>zh_CN</translation>
    </message>
</context>
<context>
    <name>LayerTitles</name>
    <message>
        <source>{source} → {target} {symbol}</source>
        <extracomment>Units of each layer, the inputs first.</extracomment>
        <translation>{source} → {target} {symbol}</translation>
    </message>
    <message>
        <source>Weights {source}-{target}</source>
        <translation>权重 {source}-{target}</translation>
    </message>
    <message>
        <source>bias of {target}</source>
        <translation>{target}的偏置</translation>
    </message>
    <message>
        <source>from {source} to {target}</source>
        <translation>从{source}到{target}</translation>
    </message>
    <message>
        <source>the pixel in row {row}, column {column}</source>
        <translation>第 {row} 行第 {column} 列的像素</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>隐藏层</translation>
    </message>
    <message>
        <source>hidden {number}</source>
        <translation>隐藏层 {number}</translation>
    </message>
    <message>
        <source>input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>output</source>
        <translation>输出</translation>
    </message>
</context>
<context>
    <name>LossPanel</name>
    <message>
        <source>Loss over epochs</source>
        <extracomment>Panels lower than this leave the sentence under the chart to the tool tip.</extracomment>
        <translation>各轮次的损失</translation>
    </message>
    <message>
        <source>MSE</source>
        <translation>均方误差</translation>
    </message>
    <message>
        <source>objective</source>
        <translation>目标函数</translation>
    </message>
    <message>
        <source>What to plot</source>
        <translation>画什么</translation>
    </message>
    <message>
        <source>The mean squared error: the same measure for every run, so runs can be compared.</source>
        <translation>均方误差：对每次运行都是同一个度量，所以各次运行可以比较。</translation>
    </message>
    <message>
        <source>The function that is differentiated: the one that each update tries to make smaller.</source>
        <translation>被求导的函数：每次更新都试图使它变小。</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>log</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Scale of the loss</source>
        <translation>损失的刻度</translation>
    </message>
    <message>
        <source>Equal steps are equal differences: shows how much of the loss is gone.</source>
        <translation>相等的间隔表示相等的差：看得出损失已减少了多少。</translation>
    </message>
    <message>
        <source>Equal steps are equal ratios: shows that learning goes on where the linear curve looks flat.</source>
        <translation>相等的间隔表示相等的比：在线性曲线看似平坦的地方，看得出学习仍在继续。</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>No loss has been computed yet.</source>
        <translation>还没有计算过损失。</translation>
    </message>
    <message>
        <source>{quantity} over {count} of {epochs} epochs: {first} at first, {last} in epoch {epoch}, at lowest {least}.</source>
        <translation>{quantity}，{epochs} 轮中的 {count} 轮：最初为 {first}，第 {epoch} 轮为 {last}，最低为 {least}。</translation>
    </message>
    <message>
        <source>each batch of {size}</source>
        <translation>每个 {size} 个样本的批次</translation>
    </message>
    <message>
        <source>mean of each epoch</source>
        <translation>每一轮的平均值</translation>
    </message>
    <message>
        <source>Epoch {epoch}</source>
        <translation>第 {epoch} 轮</translation>
    </message>
    <message>
        <source>Batch {batch}</source>
        <translation>批次 {batch}</translation>
    </message>
    <message>
        <source>Mean of epoch</source>
        <translation>该轮的平均值</translation>
    </message>
    <message>
        <source>Mean squared error</source>
        <translation>均方误差</translation>
    </message>
    <message>
        <source>mean squared error</source>
        <translation>均方误差</translation>
    </message>
    <message>
        <source>The objective is what is differentiated, for one batch at a time: {objective}. {hint} The mean squared error is the mean of (output - target)² over samples and outputs.</source>
        <translation>目标函数是被求导的函数，每次只对一个批次：{objective}。{hint}均方误差是 (输出 − 目标值)² 对样本和输出的平均值。</translation>
    </message>
    <message>
        <source>This is the objective, {objective}, of one batch.</source>
        <translation>这是一个批次的目标函数 {objective}。</translation>
    </message>
    <message>
        <source>The objective is {objective}, not this MSE.</source>
        <translation>目标函数是 {objective}，不是这个均方误差。</translation>
    </message>
    <message>
        <source>The objective, {objective}, is {factor} × this MSE.</source>
        <translation>目标函数 {objective} 是这个均方误差的 {factor} 倍。</translation>
    </message>
    <message>
        <source>The objective of a batch, {objective}, is {factor} × its MSE.</source>
        <translation>一个批次的目标函数 {objective} 是其均方误差的 {factor} 倍。</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Backscope</source>
        <translation>Backscope</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>面板</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言 (Language)</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
</context>
<context>
    <name>Masthead</name>
    <message>
        <source>Backpropagation under the microscope</source>
        <translation>显微镜下的反向传播</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>Something went wrong that should not have ({reason}). The run is paused and kept; the log file has the details.</source>
        <translation>出了一个本不该出的错（{reason}）。运行已暂停并保留；日志文件里有详情。</translation>
    </message>
</context>
<context>
    <name>MomentsField</name>
    <message>
        <source>Begin here</source>
        <translation>从这里开始</translation>
    </message>
    <message>
        <source>Let the range begin at the moment that the window shows now.</source>
        <translation>让范围从窗口现在显示的时刻开始。</translation>
    </message>
    <message>
        <source>End here</source>
        <translation>到这里结束</translation>
    </message>
    <message>
        <source>Let the range end at the moment that the window shows now.</source>
        <translation>让范围在窗口现在显示的时刻结束。</translation>
    </message>
    <message>
        <source>Spacing of the frames</source>
        <translation>帧的间隔</translation>
    </message>
    <message>
        <source>Every n-th</source>
        <translation>每隔 n 个</translation>
    </message>
    <message>
        <source>A frame for every n-th epoch, batch or phase.</source>
        <translation>每 n 个轮次、批次或阶段一帧。</translation>
    </message>
    <message>
        <source>Evenly in time</source>
        <translation>按时间均匀</translation>
    </message>
    <message>
        <source>A number of frames, with equally many batches from one to the next.</source>
        <translation>若干帧，相邻两帧之间的批次数相等。</translation>
    </message>
    <message>
        <source>Evenly by change</source>
        <translation>按变化均匀</translation>
    </message>
    <message>
        <source>A number of frames, so that the parameters change equally much from one to the next: slow where the network learns much, fast where little happens.</source>
        <translation>若干帧，使参数从一帧到下一帧的变化相等：网络学得多的地方慢，变化少的地方快。</translation>
    </message>
    <message>
        <source>How the moments that get a frame are spaced over the range.</source>
        <translation>成为一帧的时刻在范围内怎样分布。</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>2 is every second one, 10 every tenth.</source>
        <translation>2 表示每两个取一个，10 表示每十个取一个。</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>One pass over all samples.</source>
        <translation>遍历所有样本一遍。</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>One update of the weights.</source>
        <translation>权重的一次更新。</translation>
    </message>
    <message>
        <source>Phase</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>One formula for one layer.</source>
        <translation>一层的一个公式。</translation>
    </message>
    <message>
        <source>An epoch is one pass over all samples, a batch one update, a phase one formula for one layer.</source>
        <translation>轮次是遍历所有样本一遍，批次是一次更新，阶段是一层的一个公式。</translation>
    </message>
    <message>
        <source>Number of frames</source>
        <translation>帧数</translation>
    </message>
    <message>
        <source>More frames move more smoothly, and make a larger file.</source>
        <translation>帧越多动作越流畅，文件也越大。</translation>
    </message>
    <message numerus="yes">
        <source> frame(s)</source>
        <translation>
            <numerusform> 帧</numerusform>
        </translation>
    </message>
    <message>
        <source>The moment shown</source>
        <translation>显示的时刻</translation>
    </message>
</context>
<context>
    <name>Network</name>
    <message>
        <source>target {target}</source>
        <translation>目标值 {target}</translation>
    </message>
    <message>
        <source>not computed yet in this step</source>
        <translation>这一步中还没有计算</translation>
    </message>
    <message>
        <source>target = {value}</source>
        <translation>目标值 = {value}</translation>
    </message>
    <message>
        <source>gradient of the batch = {value}</source>
        <translation>该批次的梯度 = {value}</translation>
    </message>
    <message>
        <source>A network of {sizes} units; sample {sample}.</source>
        <translation>{sizes} 个单元的网络；样本 {sample}。</translation>
    </message>
    <message>
        <source>This step has not computed the outputs yet.</source>
        <translation>这一步还没有计算输出。</translation>
    </message>
    <message>
        <source>Outputs: {values}.</source>
        <translation>输出：{values}。</translation>
    </message>
    <message>
        <source>Input {units}</source>
        <translation>输入 {units}</translation>
    </message>
    <message>
        <source>Hidden {units}</source>
        <translation>隐藏层 {units}</translation>
    </message>
    <message>
        <source>Hidden {layer} · {units}</source>
        <translation>隐藏层 {layer} · {units}</translation>
    </message>
    <message>
        <source>Output, target {target}</source>
        <translation>输出，目标值 {target}</translation>
    </message>
    <message>
        <source>Output {units}</source>
        <translation>输出 {units}</translation>
    </message>
    <message>
        <source>target {value}</source>
        <translation>目标值 {value}</translation>
    </message>
    <message>
        <source>output</source>
        <extracomment>What can be pointed at.</extracomment>
        <translation>输出</translation>
    </message>
    <message>
        <source>hidden {number}</source>
        <translation>隐藏 {number}</translation>
    </message>
    <message>
        <source>output {name}</source>
        <translation>输出 {name}</translation>
    </message>
</context>
<context>
    <name>NetworkPanel</name>
    <message>
        <source>The phases of one training step. The filled one has just been computed: forwards, then backwards. A click goes to a phase.</source>
        <translation>一个训练步的各个阶段。填色的是刚刚计算的阶段：先前向，后反向。点击可跳到某个阶段。</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Epoch {epoch}, batch {batch}, {phase}.</source>
        <translation>轮次 {epoch}，批次 {batch}，{phase}。</translation>
    </message>
    <message>
        <source>before the first phase</source>
        <translation>第一个阶段之前</translation>
    </message>
    <message>
        <source>Epoch {epoch}</source>
        <translation>第 {epoch} 轮</translation>
    </message>
</context>
<context>
    <name>NotesDialog</name>
    <message>
        <source>Notes on this run</source>
        <translation>这次运行的笔记</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>笔记</translation>
    </message>
    <message>
        <source>What did you try, and what did you see?</source>
        <translation>你试了什么，又看到了什么？</translation>
    </message>
    <message>
        <source>Write down what you expected of this run and what came of it; that is how one learns from it.</source>
        <translation>写下你对这次运行的预期和结果如何；这样才能从中学到东西。</translation>
    </message>
    <message>
        <source>The notes are saved with the run, in its .backprop file.</source>
        <translation>笔记随运行一起保存在 .backprop 文件中。</translation>
    </message>
    <message>
        <source>These notes are as long as notes can be; {most} characters fit.</source>
        <translation>笔记已达最大长度；最多 {most} 个字符。</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Close</source>
        <extracomment>What a button is called, and what it does.</extracomment>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Hide this message.</source>
        <translation>隐藏这条消息。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>OptionButton</name>
    <message>
        <source>{option}: this is right</source>
        <extracomment>The keys that choose; shortcuts of the window must not take them from whoever has tabbed here.</extracomment>
        <translation>{option}：这是对的</translation>
    </message>
    <message>
        <source>{option}: this is wrong</source>
        <translation>{option}：这是错的</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>What would you like to do?</source>
        <translation>你想做什么？</translation>
    </message>
    <message>
        <source>Type a part of a name, or a setting with its value, such as learning rate 0.1.</source>
        <translation>输入名称的一部分，或设置及其值，例如“学习率 0.1”。</translation>
    </message>
    <message>
        <source>What fits</source>
        <translation>符合的项</translation>
    </message>
    <message>
        <source>Nothing fits these words.</source>
        <translation>没有符合的项。</translation>
    </message>
    <message>
        <source>{setting}: {value}</source>
        <extracomment>The name of a setting, and what follows it: a number, several of them, or &quot;all&quot;.</extracomment>
        <translation>{setting}：{value}</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Panel</source>
        <translation>面板</translation>
    </message>
    <message>
        <source>This run gives it nothing to show.</source>
        <translation>这次运行没有可供它显示的内容。</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>引导</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>{setting} …</source>
        <translation>{setting}…</translation>
    </message>
    <message>
        <source>This run has no use for it.</source>
        <translation>这次运行用不到它。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言 (Language)</translation>
    </message>
</context>
<context>
    <name>PanelDock</name>
    <message>
        <source>Put back into the window</source>
        <translation>放回窗口</translation>
    </message>
    <message>
        <source>Float</source>
        <translation>浮动</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
</context>
<context>
    <name>PhaseStrip</name>
    <message>
        <source>{phase}: click to go to this phase of the batch.</source>
        <translation>{phase}：点击可跳到这个批次的这一阶段。</translation>
    </message>
    <message>
        <source>Phases of a step</source>
        <translation>一步的各个阶段</translation>
    </message>
    <message>
        <source>Phase of the step: {phase}</source>
        <translation>这一步的阶段：{phase}</translation>
    </message>
</context>
<context>
    <name>Picker</name>
    <message>
        <source>Sample under the microscope</source>
        <translation>显微镜下的样本</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Alone</source>
        <translation>单独</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>The run&apos;s own numbers: a sample within its batch, whose gradients are added up for the update</source>
        <translation>运行自己的数值：批次中的一个样本，各样本的梯度相加后用于更新</translation>
    </message>
    <message>
        <source>Any sample as a batch of one, computed with this moment&apos;s weights. Nothing is learnt from it: there is no update</source>
        <translation>任意样本，作为只有一个样本的批次，用这一时刻的权重计算。不从中学习：没有更新</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Taken from</source>
        <translation>取自</translation>
    </message>
    <message>
        <source>Samples that the network has never learnt from</source>
        <translation>网络从未学过的样本</translation>
    </message>
    <message>
        <source>Samples that the network learns from</source>
        <translation>网络用来学习的样本</translation>
    </message>
    <message>
        <source>Which sample</source>
        <translation>哪个样本</translation>
    </message>
    <message>
        <source>Wrong ›</source>
        <translation>下个错例 ›</translation>
    </message>
    <message>
        <source>Next wrong answer</source>
        <translation>下一个错误的回答</translation>
    </message>
    <message>
        <source>Go to the next sample that the network answers wrongly: what confuses it?</source>
        <translation>跳到网络答错的下一个样本：是什么使它混淆？</translation>
    </message>
    <message>
        <source> of {count}</source>
        <translation> / {count}</translation>
    </message>
    <message>
        <source>The sample of the batch whose row is marked</source>
        <translation>批次中被标出那一行的样本</translation>
    </message>
    <message>
        <source>The sample&apos;s place in the data set, counted from 0 as NumPy does</source>
        <translation>样本在数据集中的位置，像 NumPy 那样从 0 数起</translation>
    </message>
</context>
<context>
    <name>Picture</name>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>A picture of {width} x {height} pixels.</source>
        <translation>{width} x {height} 像素的图。</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>Frame shown</source>
        <extracomment>Sent when a person wants to see another frame.</extracomment>
        <translation>显示的帧</translation>
    </message>
    <message>
        <source>Which frame of the animation is shown here; all of them are exported.</source>
        <translation>这里显示动画的哪一帧；导出的是全部。</translation>
    </message>
    <message>
        <source>Judged from a few frames; the real file may be half as large or twice as large.</source>
        <translation>根据几帧估计；实际文件可能小一半或大一倍。</translation>
    </message>
    <message>
        <source>A table of epochs, loss and accuracy: one row for every moment.</source>
        <translation>轮次、损失和准确率的表格：每个时刻一行。</translation>
    </message>
    <message>
        <source>Estimating …</source>
        <translation>正在估计…</translation>
    </message>
    <message>
        <source>Size and time cannot be estimated; the log has the details.</source>
        <translation>无法估计大小和时间；日志里有详情。</translation>
    </message>
    <message>
        <source>The file has {size} and takes {time} to make.</source>
        <translation>文件大小{size}，生成需要{time}。</translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s)</source>
        <translation>
            <numerusform>%n 帧</numerusform>
        </translation>
    </message>
    <message>
        <source>{frames}, shown in {length}. The file has {size} and takes {time} to make.</source>
        <translation>{frames}，播放 {length}。文件大小{size}，生成需要{time}。</translation>
    </message>
    <message>
        <source>{frame} of {count}</source>
        <translation>{frame}/{count}</translation>
    </message>
</context>
<context>
    <name>ProgressDots</name>
    <message>
        <source>Step {step} of {count}: {title}</source>
        <translation>第 {step} 步，共 {count} 步：{title}</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <extracomment>The languages by their codes, each under its own name, which is never translated. What the settings keep where a person has chosen none of them. What Qt&apos;s own translations leave in English of its file dialog; those of the program are asked first.</extracomment>
        <translation>查找位置(&amp;L)：</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>文件类型(&amp;T)：</translation>
    </message>
</context>
<context>
    <name>Quantities</name>
    <message>
        <source>Not made yet in this step: it comes with phase Update.</source>
        <extracomment>Their keys, in the order in which they stand side by side. Stands for all of them. Weights of one layer and, where it has any, its biases.</extracomment>
        <translation>这一步中还没有：它在“更新”阶段得到。</translation>
    </message>
    <message>
        <source>Not computed yet in this step: it comes with phase Backward {layer}.</source>
        <translation>这一步中还没有计算：它在“反向 {layer}”阶段得到。</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Last change</source>
        <translation>最近的变化</translation>
    </message>
    <message>
        <source>Since the start</source>
        <translation>自开始以来</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>gradient of a weight</source>
        <translation>权重的梯度</translation>
    </message>
    <message>
        <source>last change of a weight</source>
        <translation>权重最近的变化</translation>
    </message>
    <message>
        <source>change of a weight since the start</source>
        <translation>权重自开始以来的变化</translation>
    </message>
    <message>
        <source>number of weights</source>
        <translation>权重的个数</translation>
    </message>
    <message>
        <source>The weights at epoch {epoch}.</source>
        <translation>第 {epoch} 轮的权重。</translation>
    </message>
    <message>
        <source>The gradient of the weights at epoch {epoch}.</source>
        <translation>第 {epoch} 轮的权重梯度。</translation>
    </message>
    <message>
        <source>The change of the weights by the update of epoch {epoch}.</source>
        <translation>第 {epoch} 轮的更新使权重发生的变化。</translation>
    </message>
    <message>
        <source>The change of the weights from the start to epoch {epoch}.</source>
        <translation>从开始到第 {epoch} 轮权重的变化。</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message>
        <source>Continue from here?</source>
        <translation>从此处继续？</translation>
    </message>
    <message>
        <source>The run goes on from epoch {epoch}, batch {batch}, with the learning rate of that moment. It had come to epoch {last}: that part can be kept, to be compared, or discarded.</source>
        <translation>运行将从轮次 {epoch}、批次 {batch} 以那一时刻的学习率继续。它已进行到第 {last} 轮：那一部分可以保留用于比较，也可以丢弃。</translation>
    </message>
    <message>
        <source>Keep and continue</source>
        <translation>保留并继续</translation>
    </message>
    <message>
        <source>Discard and continue</source>
        <translation>丢弃并继续</translation>
    </message>
    <message>
        <source>Stay in the past</source>
        <translation>留在过去</translation>
    </message>
    <message>
        <source>Open another run?</source>
        <translation>打开另一次运行？</translation>
    </message>
    <message>
        <source>This opens another run. The present one, at epoch {epoch}, will be discarded.</source>
        <translation>这会打开另一次运行。现在这次（已到第 {epoch} 轮）将被丢弃。</translation>
    </message>
    <message>
        <source>Open the other run</source>
        <translation>打开另一次运行</translation>
    </message>
    <message>
        <source>Save, then open</source>
        <translation>先保存，再打开</translation>
    </message>
    <message>
        <source>Begin a new run?</source>
        <translation>开始新的运行？</translation>
    </message>
    <message>
        <source>This begins a new run. The present one, at epoch {epoch}, will be discarded.</source>
        <translation>这会开始新的运行。现在这次（已到第 {epoch} 轮）将被丢弃。</translation>
    </message>
    <message>
        <source>Begin a new run</source>
        <translation>开始新的运行</translation>
    </message>
    <message>
        <source>Save, then begin</source>
        <translation>先保存，再开始</translation>
    </message>
    <message>
        <source>Keep this run</source>
        <translation>保留这次运行</translation>
    </message>
</context>
<context>
    <name>RangeStrip</name>
    <message>
        <source>First moment</source>
        <extracomment>Sent when a person has moved a handle.</extracomment>
        <translation>第一个时刻</translation>
    </message>
    <message>
        <source>Last moment</source>
        <translation>最后一个时刻</translation>
    </message>
    <message>
        <source>Drag the handles around the moments to export; with the keyboard, Tab to a handle and use the arrows. The last handle at the end means the newest moment of the run.</source>
        <translation>拖动手柄，框住要导出的时刻；用键盘时，按 Tab 到手柄，再用方向键。最后的手柄在末端表示运行的最新时刻。</translation>
    </message>
    <message>
        <source>Moment</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
</context>
<context>
    <name>Readings</name>
    <message>
        <source>Last of {epochs}</source>
        <translation>最后一轮，共 {epochs} 轮</translation>
    </message>
    <message>
        <source>The run is complete: {epochs} epochs, counted from 0. More epochs let it go on, Reset begins it again, and the timeline goes back.</source>
        <translation>运行已完成：{epochs} 轮，从 0 数起。增加轮数可以继续，“重置”重新开始，时间轴可以回到过去。</translation>
    </message>
    <message>
        <source>Epoch of {epochs}</source>
        <translation>轮次，共 {epochs}</translation>
    </message>
    <message>
        <source>The epoch at hand, counted from 0: the last of {epochs} is {last}.</source>
        <translation>当前轮次，从 0 数起：{epochs} 轮中的最后一轮是 {last}。</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>The loss is known after the first forward pass.</source>
        <translation>第一次前向传播之后才知道损失。</translation>
    </message>
    <message>
        <source>The mean squared error of the latest forward pass, before its update.</source>
        <translation>最近一次前向传播的均方误差，在其更新之前。</translation>
    </message>
    <message>
        <source>The mean squared error over the batches of this epoch so far.</source>
        <translation>这一轮到目前为止各批次的均方误差。</translation>
    </message>
    <message>
        <source>Loss, epoch {epoch}</source>
        <translation>损失，第 {epoch} 轮</translation>
    </message>
    <message>
        <source>The mean squared error over all samples of the last complete epoch.</source>
        <translation>最近完成的一轮中所有样本的均方误差。</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>How many samples the weights of this moment answer rightly.</source>
        <translation>用这一时刻的权重能正确回答多少样本。</translation>
    </message>
    <message>
        <source>Accuracy, epoch {epoch}</source>
        <translation>准确率，第 {epoch} 轮</translation>
    </message>
    <message>
        <source>The share of test images answered rightly after the last complete epoch.</source>
        <translation>最近完成的一轮之后，测试图像回答正确的比例。</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>The test images are predicted after every epoch.</source>
        <translation>每一轮结束后都会预测测试图像。</translation>
    </message>
</context>
<context>
    <name>SampleImages</name>
    <message>
        <source>Which images are shown</source>
        <translation>显示哪些图像</translation>
    </message>
    <message>
        <source>Show all images, only those answered wrongly, or only one class: what the network confuses, and why</source>
        <translation>显示所有图像、只显示答错的，或只显示一个类别：网络混淆了什么，为什么</translation>
    </message>
    <message>
        <source>Previous images</source>
        <translation>前面的图像</translation>
    </message>
    <message>
        <source>Show the images before these (Page Up)</source>
        <translation>显示这些之前的图像 (Page Up)</translation>
    </message>
    <message>
        <source>Next images</source>
        <translation>后面的图像</translation>
    </message>
    <message>
        <source>Show the images after these (Page Down)</source>
        <translation>显示这些之后的图像 (Page Down)</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>答错的</translation>
    </message>
    <message>
        <source>Only {name}</source>
        <translation>只看 {name}</translation>
    </message>
    <message>
        <source>There are no images before these.</source>
        <translation>前面没有图像了。</translation>
    </message>
    <message>
        <source>There are no images after these.</source>
        <translation>后面没有图像了。</translation>
    </message>
    <message>
        <source>Looking through all images …</source>
        <translation>正在查看所有图像…</translation>
    </message>
    <message>
        <source>No image is answered wrongly.</source>
        <translation>没有答错的图像。</translation>
    </message>
    <message>
        <source>{first}–{last} of {count}</source>
        <translation>第 {first}–{last} 个，共 {count} 个</translation>
    </message>
    <message>
        <source>{first}–{last} of {count} wrong {when}</source>
        <translation>第 {first}–{last} 个，{when}共答错 {count} 个</translation>
    </message>
    <message>
        <source>at epoch {epoch}, batch {batch}</source>
        <translation>轮次 {epoch}、批次 {batch} 时</translation>
    </message>
    <message>
        <source>after epoch {epoch}</source>
        <translation>第 {epoch} 轮之后</translation>
    </message>
    <message>
        <source>{share} %</source>
        <translation>{share} %</translation>
    </message>
    <message>
        <source>{share} % right after epoch {epoch}</source>
        <translation>第 {epoch} 轮之后 {share} % 正确</translation>
    </message>
    <message>
        <source>{right} of the {count} images shown are answered rightly.</source>
        <translation>显示的 {count} 幅图像中有 {right} 幅回答正确。</translation>
    </message>
    <message>
        <source>{image}: rightly taken for {answer}, with the output {output}</source>
        <translation>{image}：正确认作 {answer}，输出 {output}</translation>
    </message>
    <message>
        <source>{image}: taken for {answer} with the output {output}, but is {truth}: {other}</source>
        <translation>{image}：认作 {answer}，输出 {output}，但其实是 {truth}：{other}</translation>
    </message>
</context>
<context>
    <name>SampleSelector</name>
    <message>
        <source>Sample</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Previous sample</source>
        <translation>上一个样本</translation>
    </message>
    <message>
        <source>Next sample</source>
        <translation>下一个样本</translation>
    </message>
    <message>
        <source>The sample of the batch whose numbers are drawn. All samples of a batch go through the same weights; their gradients are added up.</source>
        <translation>画面上的数值属于批次中的这个样本。批次的所有样本都经过同样的权重；它们的梯度相加。</translation>
    </message>
    <message>
        <source>{name}: see how another input goes through the same weights.</source>
        <translation>{name}：看看另一个输入如何经过同样的权重。</translation>
    </message>
    <message>
        <source>The batch has only this sample.</source>
        <translation>批次中只有这个样本。</translation>
    </message>
    <message>
        <source>Sample {number} of {count}</source>
        <translation>样本 {number}/{count}</translation>
    </message>
</context>
<context>
    <name>SamplesPanel</name>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Test images</source>
        <translation>测试图像</translation>
    </message>
    <message>
        <source>{right} of {count} right</source>
        <translation>{count} 个中 {right} 个正确</translation>
    </message>
    <message>
        <source>samples {first}–{last}, {answers}</source>
        <translation>样本 {first}–{last}，{answers}</translation>
    </message>
    <message>
        <source>Sample {number}: the output is {value}. Select it, and the network shows it.</source>
        <translation>样本 {number}：输出为 {value}。选中它，网络图就显示它。</translation>
    </message>
    <message>
        <source>{sample}: {value}, {judgement}.</source>
        <translation>{sample}：{value}，{judgement}。</translation>
    </message>
    <message>
        <source>right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>错误</translation>
    </message>
</context>
<context>
    <name>SettingsUndo</name>
    <message>
        <source>A run is being made ready.</source>
        <extracomment>What can change while a run goes on. How far the run had come at the last change; None after an undo, which no later change may alter. Where the stack was before an undo or redo whose run is still being made ready.</extracomment>
        <translation>正在准备运行。</translation>
    </message>
    <message>
        <source>Undo {what}</source>
        <translation>撤销：{what}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo {what}</source>
        <translation>重做：{what}</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>No setting has been changed yet.</source>
        <translation>还没有改动过设置。</translation>
    </message>
    <message>
        <source>No change has been undone.</source>
        <translation>没有撤销过改动。</translation>
    </message>
</context>
<context>
    <name>SideWindows</name>
    <message>
        <source>There is no log file yet: nothing has gone wrong so far.</source>
        <translation>还没有日志文件：到目前为止没有出过错。</translation>
    </message>
</context>
<context>
    <name>SignsTable</name>
    <message>
        <source>Gradients, weights and updates by layer</source>
        <extracomment>What a finding makes stand out: its layers&apos; cells in these columns.</extracomment>
        <translation>各层的梯度、权重和更新</translation>
    </message>
</context>
<context>
    <name>SizeField</name>
    <message>
        <source>Free</source>
        <translation>自定</translation>
    </message>
    <message>
        <source>Any width and height.</source>
        <translation>任意的宽和高。</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>800 x 600 suits a page of text, 1920 x 1080 a whole slide, a square half of one.</source>
        <translation>800 x 600 适合文章页面，1920 x 1080 适合整张幻灯片，正方形适合半张。</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高</translation>
    </message>
    <message>
        <source>In pixels; text stays as large as it is, so a larger picture shows more.</source>
        <translation>以像素计；文字大小不变，所以图越大显示得越多。</translation>
    </message>
    <message>
        <source>{pixels} (4K)</source>
        <translation>{pixels} (4K)</translation>
    </message>
    <message>
        <source>{pixels} (square)</source>
        <translation>{pixels}（正方形）</translation>
    </message>
</context>
<context>
    <name>StepPage</name>
    <message>
        <source>Sets the program to this moment. You can look around and change things at any time.</source>
        <extracomment>The number of the button whose deed is going on.</extracomment>
        <translation>把程序带到这一时刻。你随时可以四处看看，改动一些东西。</translation>
    </message>
    <message>
        <source>Your prediction; you can change it until it is tried.</source>
        <translation>你的预测；在试验之前都可以改。</translation>
    </message>
    <message>
        <source>Runs it, and then judges your prediction. Choose one first.</source>
        <translation>运行它，然后判断你的预测。请先选择一个。</translation>
    </message>
    <message>
        <source>Judges your prediction. Choose one first.</source>
        <translation>判断你的预测。请先选择一个。</translation>
    </message>
    <message>
        <source>Another button of this step is at work; stop it first.</source>
        <translation>这一步的另一个按钮正在运行；请先停止它。</translation>
    </message>
</context>
<context>
    <name>TargetField</name>
    <message>
        <source>{format}, not installed</source>
        <extracomment>Stands in a row of its own.</extracomment>
        <translation>{format}，未安装</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose a folder and a name.</source>
        <translation>选择文件夹和名称。</translation>
    </message>
    <message>
        <source>Where the file goes; its ending names the format. Now: {path}</source>
        <translation>文件放在哪里；后缀表示格式。现在是：{path}</translation>
    </message>
    <message>
        <source>This file exists; it will be replaced when the new one is complete.</source>
        <translation>这个文件已存在；新文件完成后会替换它。</translation>
    </message>
    <message>
        <source>Export as</source>
        <translation>导出为</translation>
    </message>
</context>
<context>
    <name>TilesView</name>
    <message>
        <source>row {row}, column {column}</source>
        <translation>第 {row} 行，第 {column} 列</translation>
    </message>
</context>
<context>
    <name>TimelineBar</name>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Epoch {epoch}, batch {batch}</source>
        <translation>轮次 {epoch}，批次 {batch}</translation>
    </message>
    <message>
        <source>The start, before the first phase.</source>
        <translation>起点，第一个阶段之前。</translation>
    </message>
    <message>
        <source>{step}, {phase}.</source>
        <translation>{step}，{phase}。</translation>
    </message>
    <message>
        <source>{step}, {phase}: a past moment.</source>
        <translation>{step}，{phase}：过去的时刻。</translation>
    </message>
    <message>
        <source>Epoch {epoch}</source>
        <translation>第 {epoch} 轮</translation>
    </message>
    <message>
        <source>Continue from here</source>
        <extracomment>A ``Cursor``, never beyond the moment reached. Back to the newest moment. Let the run go on from the moment on the screen.</extracomment>
        <translation>从此处继续</translation>
    </message>
    <message>
        <source>Train on from this moment of the past; what came after it can be kept to compare (C).</source>
        <translation>从过去的这一时刻继续训练；它之后的部分可以保留用于比较 (C)。</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>Back to the newest moment of the run (End).</source>
        <translation>回到运行的最新时刻 (End)。</translation>
    </message>
    <message>
        <source>Back to the newest moment</source>
        <translation>回到最新的时刻</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间轴</translation>
    </message>
    <message>
        <source>{step} · not computed yet</source>
        <translation>{step} · 还没有计算</translation>
    </message>
    <message>
        <source>{step} · loss {loss}</source>
        <translation>{step} · 损失 {loss}</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Lesson</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Choose a lesson. Each is an ordinary experiment that you can change on the left.</source>
        <translation>选择一课。每一课都是一个普通的实验，可以在左边改动。</translation>
    </message>
    <message>
        <source>My own</source>
        <translation>我的实验</translation>
    </message>
    <message>
        <source>Size of a step</source>
        <translation>一步的大小</translation>
    </message>
    <message>
        <source>How far one step goes: a phase is one formula for one layer, a batch is one update of the weights, an epoch is one pass over all samples.</source>
        <translation>一步走多远：阶段是一层的一个公式，批次是权重的一次更新，轮次是把所有样本遍历一遍。</translation>
    </message>
    <message>
        <source>Phase</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>From one phase a second, which shows every formula, to as fast as the computer can. Ctrl+Up is faster, Ctrl+Down slower.</source>
        <translation>从每秒一个阶段（每个公式都看得到）到计算机的最快速度。Ctrl+Up 加快，Ctrl+Down 减慢。</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Panels, layout, light and dark, help.</source>
        <translation>面板、布局、浅色和深色、帮助。</translation>
    </message>
    <message>
        <source>as fast as it goes</source>
        <extracomment>Their icons say enough where a second row would be the price of their labels.</extracomment>
        <translation>尽可能快</translation>
    </message>
    <message>
        <source>{count} phases/s</source>
        <translation>{count} 阶段/秒</translation>
    </message>
    <message>
        <source>1 phase a second</source>
        <translation>每秒 1 个阶段</translation>
    </message>
    <message>
        <source>{count} epochs/s</source>
        <translation>{count} 轮/秒</translation>
    </message>
    <message>
        <source>{count} batches/s</source>
        <translation>{count} 批次/秒</translation>
    </message>
</context>
<context>
    <name>TrajectoriesPanel</name>
    <message>
        <source>Parameters over epochs</source>
        <extracomment>Networks with no more parameters than this show all of them. Of a larger network so many are suggested. Longer runs are read with gaps, so that a frame takes no longer. Shades of a colour are lighter on either ground: darker ones could not be seen on a dark one. For which stage of the run suggestions were made: how often its record has doubled.</extracomment>
        <translation>各轮次的参数</translation>
    </message>
    <message>
        <source>Suggest</source>
        <translation>推荐</translation>
    </message>
    <message>
        <source>Show what is suggested again: of a small network every parameter, of a large one those of the last layer that have changed most</source>
        <translation>重新显示推荐的曲线：小网络显示所有参数，大网络显示最后一层中变化最大的参数</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Take all curves away, to choose parameters one by one</source>
        <translation>撤掉所有曲线，以便逐个选择参数</translation>
    </message>
    <message>
        <source>Add, as W1[0, 1]</source>
        <translation>添加，如 W1[0, 1]</translation>
    </message>
    <message>
        <source>Add a parameter by its name</source>
        <translation>按名称添加参数</translation>
    </message>
    <message>
        <source>The name of a weight or a bias, such as W1[0, 1] or b2[0]; Enter adds its curve. Both count from 0</source>
        <translation>权重或偏置的名称，例如 W1[0, 1] 或 b2[0]；按 Enter 添加它的曲线。都从 0 数起</translation>
    </message>
    <message>
        <source>Trajectories</source>
        <translation>轨迹</translation>
    </message>
    <message>
        <source>Not part of this network, and so no longer shown: {names}.</source>
        <translation>不属于这个网络，因此不再显示：{names}。</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>{name}: {first} at the start, {last} now.</source>
        <translation>{name}：开始时 {first}，现在 {last}。</translation>
    </message>
    <message>
        <source>{count} parameters up to epoch {epoch} of {epochs}.</source>
        <translation>{count} 个参数，到第 {epoch} 轮，共 {epochs} 轮。</translation>
    </message>
    <message>
        <source>This network has no {name}. Its arrays are {arrays}.</source>
        <translation>这个网络没有 {name}。它的数组有 {arrays}。</translation>
    </message>
    <message>
        <source>A parameter is called W1[0, 1] or b1[0]: array, row and column, or the unit of a bias.</source>
        <translation>参数写作 W1[0, 1] 或 b1[0]：数组、行和列，或偏置的单元。</translation>
    </message>
    <message>
        <source>What is suggested is already shown; add or remove a parameter to change it.</source>
        <translation>推荐的已经显示；添加或移除参数即可改变。</translation>
    </message>
    <message>
        <source>There is no curve to take away.</source>
        <translation>没有可撤掉的曲线。</translation>
    </message>
    <message>
        <source>{name}, {what}. A click takes its curve away.</source>
        <translation>{name}，{what}。点击可撤掉它的曲线。</translation>
    </message>
    <message>
        <source>The parameters that change most appear here with the first update.</source>
        <translation>第一次更新之后，变化最大的参数会出现在这里。</translation>
    </message>
    <message>
        <source>Click a weight in the network or in a matrix, or type its name: its course appears here.</source>
        <translation>在网络图或矩阵中点击一个权重，或输入它的名称：这里就显示它的变化过程。</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Start of epoch {epoch}</source>
        <translation>第 {epoch} 轮开始时</translation>
    </message>
    <message>
        <source>Epoch {epoch}, before batch {batch}</source>
        <translation>第 {epoch} 轮，批次 {batch} 之前</translation>
    </message>
</context>
<context>
    <name>Undo</name>
    <message>
        <source>choice of lesson</source>
        <translation>选择课程</translation>
    </message>
    <message>
        <source>change of the experiment</source>
        <translation>改动实验</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>隐藏层</translation>
    </message>
    <message>
        <source>biases</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>shuffle</source>
        <translation>打乱</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>Right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>Not quite</source>
        <translation>不完全对</translation>
    </message>
</context>
<context>
    <name>ViewChooser</name>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>Shown layers</source>
        <translation>显示哪些层</translation>
    </message>
    <message>
        <source>All layers at once, from the input to the loss and back</source>
        <translation>同时显示所有层，从输入到损失再返回</translation>
    </message>
    <message>
        <source>The layer that the present phase computes, as large as there is room</source>
        <translation>当前阶段所计算的层，尽可能大</translation>
    </message>
    <message>
        <source>Only layer {layer}</source>
        <translation>只显示第 {layer} 层</translation>
    </message>
</context>
<context>
    <name>Waiting</name>
    <message>
        <source>Loading the data set …</source>
        <translation>正在加载数据集…</translation>
    </message>
</context>
<context>
    <name>WeightsHeader</name>
    <message>
        <source>Weights as</source>
        <translation>权重显示为</translation>
    </message>
    <message>
        <source>As small images, one a hidden unit: which pixels speak for it and which against it; as the matrix they are: one row an input, one column a unit; or as a histogram: how many weights are how large</source>
        <translation>小图，每个隐藏单元一幅：哪些像素支持它，哪些反对它；或矩阵本身：一行对应一个输入，一列对应一个单元；或直方图：多大的权重有多少个</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>The layer of which all four are shown: here is no room for all layers</source>
        <translation>以四种方式显示哪一层：这里放不下所有层</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>The weights as they are: what the network knows</source>
        <translation>权重本身：网络所知道的</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>The gradient of the objective for this batch: the update goes against it, times the learning rate</source>
        <translation>目标函数对这个批次的梯度：更新与它方向相反，再乘学习率</translation>
    </message>
    <message>
        <source>Last change</source>
        <translation>最近的变化</translation>
    </message>
    <message>
        <source>What this step&apos;s update has added to the weights: minus the learning rate times the gradient</source>
        <translation>这一步的更新加到权重上的量：负的学习率乘梯度</translation>
    </message>
    <message>
        <source>Since start</source>
        <translation>自开始以来</translation>
    </message>
    <message>
        <source>How far the weights have moved since the start: what has been learnt, without the random start</source>
        <translation>权重自开始以来移动了多远：去掉随机起点之后，学到了什么</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>All four side by side: how a gradient becomes a change, and how changes add up</source>
        <translation>四种并排显示：梯度怎样变成变化，变化怎样累积</translation>
    </message>
    <message>
        <source>Shown of the weights</source>
        <translation>显示权重的什么</translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation>小图</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>矩阵</translation>
    </message>
    <message>
        <source>Histogram</source>
        <translation>直方图</translation>
    </message>
</context>
<context>
    <name>WeightsOptions</name>
    <message>
        <source>Options of the weights</source>
        <extracomment>Histograms of more numbers than this have so many near zero that the others would not be seen beside them.</extracomment>
        <translation>权重的选项</translation>
    </message>
    <message>
        <source>How weights are coloured and counted, whether scales are common and keep their meaning over time, and which layers are shown</source>
        <translation>权重怎样着色和计数，刻度是否共用、是否随时间保持含义，以及显示哪些层</translation>
    </message>
    <message>
        <source>One scale for all</source>
        <translation>共用一个刻度</translation>
    </message>
    <message>
        <source>A colour or a place on the axis stands for the same value in every picture, zero in the middle, so that layers and quantities can be compared; otherwise each picture uses the whole scale for itself</source>
        <translation>同一颜色或坐标位置在每幅图中表示同一个值，零在中间，所以层与层、量与量之间可以比较；否则每幅图各用整个刻度</translation>
    </message>
    <message>
        <source>Keep the scale</source>
        <translation>固定刻度</translation>
    </message>
    <message>
        <source>From now on a colour stands for the same value, so that colours can be compared over time</source>
        <translation>从现在起同一颜色表示同一个值，这样不同时刻的颜色可以比较</translation>
    </message>
    <message>
        <source>Counts in histograms</source>
        <translation>直方图的计数</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>各层</translation>
    </message>
    <message>
        <source>Colours by what is shown</source>
        <translation>按所显示的量着色</translation>
    </message>
    <message>
        <source>Viridis for weights, around zero for the others</source>
        <translation>权重用 Viridis，其余以零为中心</translation>
    </message>
    <message>
        <source>Viridis</source>
        <translation>Viridis</translation>
    </message>
    <message>
        <source>From the smallest value, dark, to the largest, bright</source>
        <translation>从最小的值（深色）到最大的值（亮色）</translation>
    </message>
    <message>
        <source>Around zero</source>
        <translation>以零为中心</translation>
    </message>
    <message>
        <source>One colour for positive and one for negative values, faint near zero: signs stand out</source>
        <translation>正值一种颜色，负值一种颜色，接近零时变淡：正负号一目了然</translation>
    </message>
    <message>
        <source>By what is shown</source>
        <translation>按所显示的量</translation>
    </message>
    <message>
        <source>Logarithmic for gradients and changes of large layers, most of which are close to zero</source>
        <translation>对大层的梯度和变化用对数，它们大多接近零</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>A bar twice as high stands for twice as many weights</source>
        <translation>柱高一倍表示权重多一倍</translation>
    </message>
    <message>
        <source>Logarithmic</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Powers of ten: a single weight far out is still seen</source>
        <translation>10 的幂：远处单独一个权重也看得见</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
</context>
<context>
    <name>WeightsPanel</name>
    <message>
        <source>Weights</source>
        <extracomment>Large maps by the number of their layer, from 1; none while the sheet is shown instead. Small maps and histograms, by quantity and layer. For which choices, and which run, they were made. The choices behind the button in the header.</extracomment>
        <translation>权重</translation>
    </message>
    <message>
        <source>{title}: not computed yet.</source>
        <translation>{title}：还没有计算。</translation>
    </message>
    <message>
        <source>{title}: from {low} to {high}.</source>
        <translation>{title}：从 {low} 到 {high}。</translation>
    </message>
</context>
<context>
    <name>WelcomeCard</name>
    <message>
        <source>Welcome</source>
        <translation>欢迎</translation>
    </message>
    <message>
        <source>Watch XOR learn</source>
        <translation>看 XOR 学习</translation>
    </message>
    <message>
        <source>Four samples, six weights, twenty seconds</source>
        <translation>4 个样本，6 个权重，20 秒</translation>
    </message>
    <message>
        <source>Choose MNIST</source>
        <translation>选择 MNIST</translation>
    </message>
    <message>
        <source>60,000 handwritten digits, no download</source>
        <translation>六万个手写数字，无需下载</translation>
    </message>
    <message>
        <source>Start the guide</source>
        <translation>开始引导</translation>
    </message>
    <message>
        <source>Eight steps, with a guess at each</source>
        <translation>八步，每步猜一猜</translation>
    </message>
    <message>
        <source>Look around by myself</source>
        <translation>我自己看看</translation>
    </message>
    <message>
        <source>Close this (Escape). The menu brings it back.</source>
        <translation>关闭 (Escape)。可以从菜单里再打开。</translation>
    </message>
    <message>
        <source>A small network learns before your eyes, and you can stop it at any moment.</source>
        <translation>一个小网络在你眼前学习，任何时刻都可以停下。</translation>
    </message>
    <message>
        <source>Click any number to see from which numbers it was computed.</source>
        <translation>点击任何一个数，看它由哪些数算出。</translation>
    </message>
    <message>
        <source>Drag the timeline: every moment of the run comes back, exactly as it was.</source>
        <translation>拖动时间轴：运行的每一个时刻都会原样重现。</translation>
    </message>
    <message>
        <source>Press ? for all keys, Ctrl+K to find anything.</source>
        <translation>按 ? 查看所有按键，按 Ctrl+K 查找任何东西。</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>Forward {layer}</source>
        <translation>前向 {layer}</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Backward {layer}</source>
        <translation>反向 {layer}</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>{sentence} {next}</source>
        <translation>{sentence}{next}</translation>
    </message>
    <message>
        <source>{words}.</source>
        <translation>{words}。</translation>
    </message>
    <message>
        <source> or </source>
        <translation> 或 </translation>
    </message>
    <message>
        <source>data set</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>number of layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>units of a layer</source>
        <translation>一层的单元数</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>initializer</source>
        <translation>初始化</translation>
    </message>
    <message>
        <source>objective</source>
        <translation>目标函数</translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>batch size</source>
        <translation>批量大小</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>sigmoid</source>
        <translation>sigmoid</translation>
    </message>
    <message>
        <source>From 0 to 1. Far from z = 0 it is flat, so almost no gradient passes: the unit is saturated.</source>
        <translation>从 0 到 1。离 z = 0 远时是平的，几乎没有梯度通过：单元饱和。</translation>
    </message>
    <message>
        <source>tanh</source>
        <translation>tanh</translation>
    </message>
    <message>
        <source>From −1 to 1, centred on 0: like a sigmoid, with a gradient up to four times as large.</source>
        <translation>从 −1 到 1，以 0 为中心：类似 sigmoid，梯度最多可达其四倍。</translation>
    </message>
    <message>
        <source>ReLU</source>
        <translation>ReLU</translation>
    </message>
    <message>
        <source>0 below zero, z above: the gradient passes whole or not at all. A unit can go silent for good.</source>
        <translation>零以下为 0，以上为 z：梯度要么完整通过，要么完全不通过。单元可能永远沉默。</translation>
    </message>
    <message>
        <source>softmax</source>
        <translation>softmax</translation>
    </message>
    <message>
        <source>The outputs share 1 between them, as probabilities of the classes; made for cross-entropy.</source>
        <translation>各输出共享 1，作为各类别的概率；适合交叉熵。</translation>
    </message>
    <message>
        <source>identity</source>
        <translation>恒等</translation>
    </message>
    <message>
        <source>a = z: a linear unit. Layers of these alone can learn no more than one layer can.</source>
        <translation>a = z：线性单元。只有这种层的网络，能学的不比一层多。</translation>
    </message>
    <message>
        <source>½ Σ error²</source>
        <translation>½ Σ 误差²</translation>
    </message>
    <message>
        <source>Half the squared error, summed over batch and outputs: its slope is output − target, with no factor.</source>
        <translation>误差平方的一半，对批次和输出求和：它的斜率就是输出 − 目标值，没有别的因子。</translation>
    </message>
    <message>
        <source>½ Σ error² / n</source>
        <translation>½ Σ 误差² / n</translation>
    </message>
    <message>
        <source>Half the squared error, divided by the n samples of the batch: gradients do not grow with the batch.</source>
        <translation>误差平方的一半，再除以批次的样本数 n：梯度不随批次变大。</translation>
    </message>
    <message>
        <source>cross-entropy</source>
        <translation>交叉熵</translation>
    </message>
    <message>
        <source>For softmax outputs, summed over the batch. A confident wrong answer keeps a large gradient: nothing falls asleep.</source>
        <translation>用于 softmax 输出，对批次求和。自信的错误回答仍保有大的梯度：不会沉睡。</translation>
    </message>
    <message>
        <source>cross-entropy / n</source>
        <translation>交叉熵 / n</translation>
    </message>
    <message>
        <source>For softmax outputs, divided by the n samples of the batch.</source>
        <translation>用于 softmax 输出，再除以批次的样本数 n。</translation>
    </message>
    <message>
        <source>binary cross-entropy</source>
        <translation>二元交叉熵</translation>
    </message>
    <message>
        <source>For sigmoid outputs, each by itself, summed over the batch: a saturated wrong output still learns.</source>
        <translation>用于 sigmoid 输出，各自独立，对批次求和：饱和的错误输出仍能学习。</translation>
    </message>
    <message>
        <source>binary cross-entropy / n</source>
        <translation>二元交叉熵 / n</translation>
    </message>
    <message>
        <source>For sigmoid outputs, divided by the n samples of the batch.</source>
        <translation>用于 sigmoid 输出，再除以批次的样本数 n。</translation>
    </message>
    <message>
        <source>uniform 0–1</source>
        <translation>均匀 0–1</translation>
    </message>
    <message>
        <source>Every weight equally likely between 0 and 1: all begin positive.</source>
        <translation>每个权重在 0 和 1 之间等可能：一开始都是正的。</translation>
    </message>
    <message>
        <source>normal 0, 1</source>
        <translation>正态 0, 1</translation>
    </message>
    <message>
        <source>Mean 0, variance 1. In a wide layer the sums become large, and sigmoids start saturated.</source>
        <translation>均值 0，方差 1。在宽的层里加权和会变大，sigmoid 一开始就饱和。</translation>
    </message>
    <message>
        <source>Xavier</source>
        <translation>Xavier</translation>
    </message>
    <message>
        <source>Scaled to the layer&apos;s width, so that signals keep their size; made for sigmoid and tanh.</source>
        <translation>按层的宽度缩放，使信号保持大小；适合 sigmoid 和 tanh。</translation>
    </message>
    <message>
        <source>He</source>
        <translation>He</translation>
    </message>
    <message>
        <source>Scaled to the layer&apos;s inputs, twice the variance because ReLU silences half.</source>
        <translation>按层的输入数缩放，方差加倍，因为 ReLU 使一半沉默。</translation>
    </message>
    <message>
        <source>zeros</source>
        <translation>全零</translation>
    </message>
    <message>
        <source>All weights 0: the units of a layer stay equal for ever. Try it once.</source>
        <translation>所有权重为 0：一层的单元永远相等。不妨试一次。</translation>
    </message>
    <message>
        <source>SGD</source>
        <translation>SGD</translation>
    </message>
    <message>
        <source>Gradient descent: each weight goes down its gradient, times the learning rate.</source>
        <translation>梯度下降：每个权重沿其梯度下降，步长乘学习率。</translation>
    </message>
    <message>
        <source>XOR</source>
        <translation>XOR</translation>
    </message>
    <message>
        <source>Four samples: 1 where exactly one of two inputs is 1.</source>
        <translation>四个样本：两个输入中恰有一个为 1 时为 1。</translation>
    </message>
    <message>
        <source>MNIST</source>
        <translation>MNIST</translation>
    </message>
    <message>
        <source>60,000 handwritten digits to learn from, 10,000 to be tested with.</source>
        <translation>60,000 个手写数字用来学习，10,000 个用来测试。</translation>
    </message>
    <message>
        <source>MNIST (Keras)</source>
        <translation>MNIST (Keras)</translation>
    </message>
    <message>
        <source>The same digits, fetched by TensorFlow.</source>
        <translation>同样的数字，由 TensorFlow 获取。</translation>
    </message>
    <message>
        <source>Fashion (Keras)</source>
        <translation>Fashion (Keras)</translation>
    </message>
    <message>
        <source>Fashion-MNIST: 70,000 pictures of clothes, fetched by TensorFlow.</source>
        <translation>Fashion-MNIST：70,000 幅服装图片，由 TensorFlow 获取。</translation>
    </message>
    <message>
        <source>About 7 digits, and twice as fast: for large networks.</source>
        <translation>约 7 位数字，快一倍：适合大网络。</translation>
    </message>
    <message>
        <source>About 16 digits: for numbers to be checked by hand.</source>
        <translation>约 16 位数字：适合需要手算核对的数。</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>Experiment</source>
        <extracomment>Between the window&apos;s edge and the cards, in pixels. The panels that are seen at first, of those that share a place.</extracomment>
        <translation>实验</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>引导</translation>
    </message>
</context>
<context>
    <name>backprop</name>
    <message>
        <source>A parameter is no longer a finite number after step {step} (epoch {epoch}), so the run has stopped; everything before is kept. Reset, and try a smaller learning rate.</source>
        <translation>在第 {step} 步之后（第 {epoch} 轮），某个参数不再是有限数，所以运行已停止；此前的一切都保留着。请重置，并试一个较小的学习率。</translation>
    </message>
    <message>
        <source>Keras could not fetch the data set {dataset}: {reason}. Connect to the internet once, or choose mnist.</source>
        <translation>Keras 无法获取数据集 {dataset}：{reason}。请连一次互联网，或选择 mnist。</translation>
    </message>
    <message>
        <source>Layer {layer} has no unit {unit}, for it has {units} units, counted from 1: choose another one.</source>
        <translation>第 {layer} 层没有单元 {unit}，因为它有 {units} 个单元，从 1 数起：请选择别的。</translation>
    </message>
    <message>
        <source>The data set {dataset} comes with TensorFlow, which is not installed: run {command}, or choose mnist.</source>
        <translation>数据集 {dataset} 随 TensorFlow 提供，而 TensorFlow 没有安装：请运行 {command}，或选择 mnist。</translation>
    </message>
    <message>
        <source>The data set {dataset} is not part of the program that needs no Python: choose xor or mnist, or install Backscope with pip, and TensorFlow beside it.</source>
        <translation>不需要 Python 的程序里没有数据集 {dataset}：请选择 xor 或 mnist，或用 pip 安装 Backscope 和 TensorFlow。</translation>
    </message>
    <message>
        <source>The file {path} is damaged, so MNIST cannot be loaded: install Backscope again, or replace the file.</source>
        <translation>文件 {path} 已损坏，因此无法加载 MNIST：请重新安装 Backscope，或替换该文件。</translation>
    </message>
    <message>
        <source>The file {path} is missing, so MNIST cannot be loaded: install Backscope again, or put the file back.</source>
        <translation>缺少文件 {path}，因此无法加载 MNIST：请重新安装 Backscope，或把该文件放回去。</translation>
    </message>
    <message>
        <source>The layers cannot be used: give a list of layers, the output layer last.</source>
        <translation>这些层不能用：请给出层的列表，输出层放在最后。</translation>
    </message>
    <message>
        <source>The learning rate {value} cannot be used: choose a number above 0 and up to {largest}.</source>
        <translation>学习率 {value} 不能用：请选择大于 0、不超过 {largest} 的数。</translation>
    </message>
    <message>
        <source>The loss is no longer a finite number at step {step} (epoch {epoch}), so the run has stopped; everything before is kept. Reset, and try a smaller learning rate.</source>
        <translation>在第 {step} 步（第 {epoch} 轮），损失不再是有限数，所以运行已停止；此前的一切都保留着。请重置，并试一个较小的学习率。</translation>
    </message>
    <message>
        <source>The loss {loss} is defined for an output layer of {allowed} units, not {activation}: change one of the two.</source>
        <translation>损失“{loss}”适用于 {allowed} 单元的输出层，而不是 {activation}：请改动其中之一。</translation>
    </message>
    <message>
        <source>The moment epoch {epoch}, batch {batch}, phase {phase} is not part of this run, which has reached epoch {last_epoch}, batch {last_batch}, phase {last_phase}: choose an earlier one.</source>
        <translation>轮次 {epoch}、批次 {batch}、阶段 {phase} 这一时刻不属于这次运行，它只进行到轮次 {last_epoch}、批次 {last_batch}、阶段 {last_phase}：请选择更早的时刻。</translation>
    </message>
    <message>
        <source>The numbers of this moment are no longer finite, so there is no gradient to check: go back to an earlier moment, or reset and try a smaller learning rate.</source>
        <translation>这一时刻的数值不再是有限数，所以没有梯度可检查：请回到更早的时刻，或重置并试一个较小的学习率。</translation>
    </message>
    <message>
        <source>The output layer has {units} units, but the data set {dataset} has {outputs} targets: give it {outputs} units.</source>
        <translation>输出层有 {units} 个单元，而数据集 {dataset} 有 {outputs} 个目标值：请改为 {outputs} 个单元。</translation>
    </message>
    <message>
        <source>The parameter {name} has no element {index}, for its shape is {shape}: choose another one.</source>
        <translation>参数 {name} 没有元素 {index}，因为它的形状是 {shape}：请选择别的。</translation>
    </message>
    <message>
        <source>The process that trains has ended, and no other can take over: close some programs, then start Backscope again.</source>
        <translation>训练进程已经结束，又没有别的能接替：请关闭一些程序，然后重新启动 Backscope。</translation>
    </message>
    <message>
        <source>The process that trains was ended by the system, and another has taken over at the same moment: nothing is lost, press Play to go on.</source>
        <translation>训练进程被系统结束，另一个已在同一时刻接替：什么都没有丢，按“播放”继续。</translation>
    </message>
    <message>
        <source>The value {value} cannot be used for {what}: choose a whole number from {smallest} to {largest}.</source>
        <translation>值 {value} 不能用于{what}：请选择从 {smallest} 到 {largest} 的整数。</translation>
    </message>
    <message>
        <source>The value {value} cannot be used for {what}: choose true or false.</source>
        <translation>值 {value} 不能用于{what}：请选择是或否。</translation>
    </message>
    <message>
        <source>There is no data set named {name}: choose one of {choices}.</source>
        <translation>没有名为 {name} 的数据集：请从 {choices} 中选择。</translation>
    </message>
    <message>
        <source>There is no {what} named {name}: choose one of {choices}.</source>
        <translation>没有名为 {name} 的{what}：请从 {choices} 中选择。</translation>
    </message>
    <message>
        <source>This is not a run that Backscope has saved: choose a file that ends in .backprop.</source>
        <translation>这不是 Backscope 保存的运行：请选择以 .backprop 结尾的文件。</translation>
    </message>
    <message>
        <source>This is not an experiment that Backscope can read, because {reason}: check the file.</source>
        <translation>这不是 Backscope 能读的实验，因为{reason}：请检查该文件。</translation>
    </message>
    <message>
        <source>This network has no layer {layer}: its layers are 1 to {layers}. Choose a unit of one of them.</source>
        <translation>这个网络没有第 {layer} 层：它的层为 1 到 {layers}。请选择其中一层的单元。</translation>
    </message>
    <message>
        <source>This network has no parameter named {name}: choose one of {choices}.</source>
        <translation>这个网络没有名为 {name} 的参数：请从 {choices} 中选择。</translation>
    </message>
    <message>
        <source>This run cannot be kept in a file, because it would take {size} MB, and {most} MB are the most: save its parameters instead.</source>
        <translation>这次运行不能保存为文件，因为它需要 {size} MB，而最多为 {most} MB：请改为保存它的参数。</translation>
    </message>
    <message>
        <source>This run cannot be opened, because its file is damaged: open an older copy of it.</source>
        <translation>这次运行无法打开，因为文件已损坏：请打开它较早的副本。</translation>
    </message>
    <message>
        <source>This run needs the data set {wanted} as {dtype}, but was given {given} as {other}: load it anew.</source>
        <translation>这次运行需要数据集 {wanted}（{dtype}），得到的却是 {given}（{other}）：请重新加载。</translation>
    </message>
    <message>
        <source>This run was saved in format {found}, and this version of Backscope reads format {version}: open it with the version that saved it, or with the newest.</source>
        <translation>这次运行以格式 {found} 保存，而这个版本的 Backscope 读取格式 {version}：请用保存它的版本或最新版本打开。</translation>
    </message>
</context>
</TS>
